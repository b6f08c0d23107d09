import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { Check, Finding } from './check';
import type { Expectation } from './expectation';
import type { SynthesizedAssembly } from './synthesized-assembly';

/** One property of one resource in a synthesized template. */
export class ResourceCheck implements Check {
  /**
   * @param statement what is claimed, as a sentence
   * @param resource the resource that shows it
   * @param path the way to the property below `Properties`
   * @param expectation what must be found there
   */
  public constructor(
    public readonly statement: string,
    private readonly resource: CfnResource,
    private readonly path: readonly string[],
    private readonly expectation: Expectation,
  ) {}

  public run(assembly: SynthesizedAssembly): Finding {
    const stack = Stack.of(this.resource);
    const logicalId: string = stack.resolve(this.resource.logicalId);
    const synthesized = assembly.template(stack).byLogicalId(logicalId);
    const actual = this.path.reduce<Record<string, never> | undefined>(
      (value, key) => value?.[key],
      synthesized?.properties,
    );
    return {
      subject: `${stack.stackName}/${logicalId} (${this.resource.cfnResourceType}) ${this.path.join('/')}`,
      expected: this.expectation.text,
      actual: synthesized === undefined ? 'no such resource' : (JSON.stringify(actual) ?? 'absent'),
      passed: synthesized !== undefined && this.expectation.isMetBy(actual),
      templateFile: stack.templateFile,
      logicalId,
    };
  }
}

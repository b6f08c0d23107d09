import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { Check, Finding } from './check';
import { Expectation } from './expectation';
import { ResourceCheck } from './resource-check';
import type { SynthesizedAssembly } from './synthesized-assembly';

/**
 * One property that refers to something, for instance to a key.
 *
 * What the reference looks like is settled late: one to another stack becomes an import while the app is synthesized.
 */
export class ReferenceCheck implements Check {
  /**
   * @param statement what is claimed, as a sentence
   * @param resource the resource that shows it
   * @param path the way to the property below `Properties`
   * @param target the token that must be found there
   */
  public constructor(
    public readonly statement: string,
    private readonly resource: CfnResource,
    private readonly path: readonly string[],
    private readonly target: unknown,
  ) {}

  public run(assembly: SynthesizedAssembly): Finding {
    const expectation = Expectation.equals(Stack.of(this.resource).resolve(this.target));
    return new ResourceCheck(this.statement, this.resource, this.path, expectation).run(assembly);
  }
}

import type { Check, Finding } from './check';
import type { Expectation } from './expectation';
import type { SynthesizedAssembly } from './synthesized-assembly';

/** One field of one Kubernetes object in a synthesized chart. */
export class ManifestCheck implements Check {
  /**
   * @param statement what is claimed, as a sentence
   * @param file the object's file, relative to the assembly
   * @param path the way to the field
   * @param expectation what must be found there
   */
  public constructor(
    public readonly statement: string,
    private readonly file: string,
    private readonly path: readonly string[],
    private readonly expectation: Expectation,
  ) {}

  public run(assembly: SynthesizedAssembly): Finding {
    const object = assembly.yaml(this.file);
    const actual = this.path.reduce<Record<string, never> | undefined>((value, key) => value?.[key], object);
    return {
      subject: `${this.file} ${this.path.join('/')}`,
      expected: this.expectation.text,
      actual: object === undefined ? 'no such object' : (JSON.stringify(actual) ?? 'absent'),
      passed: object !== undefined && this.expectation.isMetBy(actual),
    };
  }
}

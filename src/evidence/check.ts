import type { SynthesizedAssembly } from './synthesized-assembly';

/** What a check found. */
export interface Finding {
  /** Where it looked: a resource of a template, or an object of a chart. */
  readonly subject: string;
  /** What it wants. */
  readonly expected: string;
  /** What it found. */
  readonly actual: string;
  readonly passed: boolean;
  /** The template that holds the resource, relative to the assembly. */
  readonly templateFile?: string;
  readonly logicalId?: string;
}

/** A look at the synthesized output: never at props, so that an escape hatch cannot hide from it. */
export interface Check {
  /** What is claimed, as a sentence. */
  readonly statement: string;

  /**
   * Looks into what was synthesized.
   *
   * @param assembly the output of the stage that holds the claim
   */
  run(assembly: SynthesizedAssembly): Finding;
}

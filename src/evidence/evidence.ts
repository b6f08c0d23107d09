import { Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Check } from './check';
import { EvidencePlugin } from './evidence-plugin';
import type { Requirement } from './requirement';

/** A construct says that it answers a requirement, and how to see it in the synthesized output. */
export interface Claim {
  readonly requirement: Requirement;
  readonly construct: IConstruct;
  readonly check: Check;
}

const EVIDENCE = Symbol.for('cdk-agentic-platform.Evidence');

/**
 * The claims of one app or stage.
 *
 * Checks run after synthesis, as a validation plugin: a failed one fails synth like any policy violation would.
 */
export class Evidence {
  /** The evidence of the stage that holds a construct. */
  public static of(construct: IConstruct): Evidence {
    const stage = Stage.of(construct) as (Stage & { [EVIDENCE]?: Evidence }) | undefined;
    if (!stage) {
      return new Evidence(); // a stack without an app is never synthesized, its claims lead nowhere
    }
    if (!stage[EVIDENCE]) {
      const evidence = new Evidence();
      Object.defineProperty(stage, EVIDENCE, { value: evidence });
      Validations.of(stage).addPlugins(new EvidencePlugin(evidence, stage));
    }
    return stage[EVIDENCE] as Evidence;
  }

  private readonly recorded: Claim[] = [];

  private constructor() {}

  /** Everything claimed so far, in the order of construction. */
  public get claims(): readonly Claim[] {
    return [...this.recorded];
  }

  /** Claims a requirement for a construct, one check at a time. */
  public claim(requirement: Requirement, construct: IConstruct, ...checks: Check[]): void {
    this.recorded.push(...checks.map((check) => ({ requirement, construct, check })));
  }
}

import { CidrBlock } from './cidr-block';
import { CidrPlan, type CidrRequest } from './cidr-plan';
import { NetworkRange } from './network-range';

/** Environments that find room without saying where, unless the network is too small. */
const SHARES = 8;

/** The range of a network that environments share, and what each of them has of it. */
export class SharedRange {
  /** The whole. */
  public readonly block: CidrBlock;
  private readonly plan: CidrPlan;

  /**
   * A share is an eighth of the network, however many environments there are: one more must not move the others. In a
   * small network it is the smallest range that holds the subnets.
   */
  public constructor(cidr: string, environments: readonly CidrRequest[]) {
    this.block = NetworkRange.parse(cidr).block;
    const prefix = Math.min(this.block.prefix + Math.log2(SHARES), NetworkRange.LONGEST_PREFIX);
    const waiting = environments.filter((environment) => environment.cidr === undefined).length;
    if (waiting > 2 ** (prefix - this.block.prefix)) {
      throw new Error(
        `'cidr' of the shared network must have room for a /${prefix} for each of ${waiting} environments, got '${cidr}'`,
      );
    }
    for (const { owner, cidr: chosen } of environments) {
      if (chosen !== undefined && !this.block.contains(CidrBlock.parse(chosen))) {
        throw new Error(
          `'cidr' of environment '${owner}' must lie within '${this.block}' of the shared network, got '${chosen}'`,
        );
      }
    }
    this.plan = new CidrPlan(environments, { within: this.block, prefix });
  }

  /** What an environment has. */
  public of(environment: string): NetworkRange {
    return NetworkRange.parse(this.plan.of(environment));
  }
}

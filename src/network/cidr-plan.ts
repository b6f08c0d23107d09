import { CidrBlock } from './cidr-block';
import { ServiceRange } from './service-range';

/** What wants a range. */
export interface CidrRequest {
  /** Whose range it is; named by errors. */
  readonly owner: string;
  /** The range, when it was chosen already. */
  readonly cidr?: string;
}

/** Where ranges are taken from that nobody chose. */
export interface CidrPool {
  readonly within: CidrBlock;
  /** The length of the network part of each. */
  readonly prefix: number;
}

/** Where Kubernetes services live; a VPC with the same addresses could not reach them. */
const SERVICES = CidrBlock.parse(ServiceRange.DEFAULT);

/** Ranges for several networks that never overlap, so that they can be peered one day. */
export class CidrPlan {
  private readonly blocks = new Map<string, CidrBlock>();

  public constructor(
    requests: readonly CidrRequest[],
    private readonly pool: CidrPool = { within: CidrBlock.parse('10.0.0.0/8'), prefix: 16 },
  ) {
    for (const { owner, cidr } of requests) {
      if (cidr !== undefined) {
        this.take(owner, CidrBlock.parse(cidr));
      }
    }
    for (const { owner, cidr } of requests) {
      if (cidr === undefined) {
        this.take(owner, this.nextFree(owner));
      }
    }
  }

  /** The range of an owner. */
  public of(owner: string): string {
    const block = this.blocks.get(owner);
    if (!block) {
      throw new Error(`'${owner}' has no range in the plan`);
    }
    return block.toString();
  }

  private take(owner: string, block: CidrBlock): void {
    if (block.overlaps(SERVICES)) {
      throw new Error(
        `'cidr' of environment '${owner}' must not overlap ${SERVICES}, where Kubernetes services live, got '${block}'`,
      );
    }
    for (const [other, taken] of this.blocks) {
      if (block.overlaps(taken)) {
        throw new Error(
          `'cidr' of environment '${owner}' must not overlap '${taken}' of environment '${other}', got '${block}'`,
        );
      }
    }
    this.blocks.set(owner, block);
  }

  private nextFree(owner: string): CidrBlock {
    const { within, prefix } = this.pool;
    for (let index = 0; index < 2 ** (prefix - within.prefix); index++) {
      const block = within.part(prefix, index);
      if ([...this.blocks.values()].every((taken) => !block.overlaps(taken))) {
        return block;
      }
    }
    throw new Error(`'cidr' of environment '${owner}' must be given, because ${within} has no free /${prefix} left`);
  }
}

import { CidrBlock } from './cidr-block';

/** The range of a network, and those of its subnets. */
export class NetworkRange {
  /** Zones of each network: a cluster and its stores survive the loss of one. */
  public static readonly ZONES = 3;
  /** That of the smallest network. */
  public static readonly LONGEST_PREFIX = 20;

  /** Parses a range, and sees to it that it is no larger than AWS allows and no smaller than subnets need. */
  public static parse(cidr: string): NetworkRange {
    const block = CidrBlock.parse(cidr);
    if (block.prefix < 16 || block.prefix > NetworkRange.LONGEST_PREFIX) {
      throw new Error(
        `'cidr' must be between /16 and /${NetworkRange.LONGEST_PREFIX} to hold subnets for ${NetworkRange.ZONES} zones, got '${cidr}'`,
      );
    }
    return new NetworkRange(block);
  }

  private constructor(public readonly block: CidrBlock) {}

  /** The network part of a private subnet: an eighth of the network, for nodes and pods. */
  public get privatePrefix(): number {
    return this.block.prefix + 3;
  }

  /** The network part of a public or an isolated subnet: a sixty-fourth of the network. */
  public get smallPrefix(): number {
    return this.block.prefix + 6;
  }

  /** The ranges of the subnets of one kind, zone by zone. */
  public subnets(kind: SubnetKind): string[] {
    const [prefix, first] = {
      private: [this.privatePrefix, 0],
      // behind three eighths
      public: [this.smallPrefix, 8 * NetworkRange.ZONES],
      isolated: [this.smallPrefix, 9 * NetworkRange.ZONES],
    }[kind];
    return Array.from({ length: NetworkRange.ZONES }, (_, zone) => this.block.part(prefix, first + zone).toString());
  }
}

/** What a subnet is for: nodes, load balancers that the user asked for, or databases. */
export type SubnetKind = 'private' | 'public' | 'isolated';

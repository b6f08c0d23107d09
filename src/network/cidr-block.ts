/** An IPv4 range in CIDR notation. */
export class CidrBlock {
  /**
   * Parses a range.
   *
   * @param text for instance `10.0.0.0/16`
   * @param prop the prop that an error names
   */
  public static parse(text: string, prop = 'cidr'): CidrBlock {
    const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
    const octets = match?.slice(1, 5).map(Number) ?? [];
    const prefix = Number(match?.[5]);
    if (!match || octets.some((octet) => octet > 255) || prefix > 32) {
      throw new Error(`'${prop}' must be an IPv4 range such as '10.0.0.0/16', got '${text}'`);
    }
    const block = new CidrBlock(
      octets.reduce((address, octet) => address * 256 + octet, 0),
      prefix,
    );
    if (block.address % block.size !== 0) {
      throw new Error(`'${prop}' must start at its own network address, got '${text}'`);
    }
    return block;
  }

  private constructor(
    private readonly address: number,
    /** The length of the network part. */
    public readonly prefix: number,
  ) {}

  /** Whether the ranges share an address. */
  public overlaps(other: CidrBlock): boolean {
    return this.address < other.address + other.size && other.address < this.address + this.size;
  }

  /** Whether every address of the other range is one of this. */
  public contains(other: CidrBlock): boolean {
    return this.prefix <= other.prefix && this.overlaps(other);
  }

  /** One of the equal parts of the range, counted from 0. */
  public part(prefix: number, index: number): CidrBlock {
    return new CidrBlock(this.address + index * 2 ** (32 - prefix), prefix);
  }

  public toString(): string {
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(this.address / 2 ** shift) % 256);
    return `${octets.join('.')}/${this.prefix}`;
  }

  private get size(): number {
    return 2 ** (32 - this.prefix);
  }
}

/** A major version of PostgreSQL; minor versions arrive by themselves in the maintenance window. */
export class PostgresVersion {
  /** PostgreSQL 16. */
  public static readonly V16 = PostgresVersion.of('16');
  /** PostgreSQL 17. */
  public static readonly V17 = PostgresVersion.of('17');
  /** PostgreSQL 18. */
  public static readonly V18 = PostgresVersion.of('18');

  /**
   * Another major version that RDS offers.
   *
   * @param major the major version alone, for instance `19`; anything else is an error
   */
  public static of(major: string): PostgresVersion {
    if (!/^[1-9][0-9]$/.test(major)) {
      throw new Error(`'major' must be a major version of two digits, got '${major}'`);
    }
    return new PostgresVersion(major);
  }

  /** @param major The major version, for instance `17`. */
  private constructor(public readonly major: string) {}

  /** The major version. */
  public toString(): string {
    return this.major;
  }
}

/** What a check wants to find, with the words that the evidence uses for it. */
export class Expectation {
  /** The very value, compared as JSON. */
  public static equals(value: unknown): Expectation {
    return new Expectation(JSON.stringify(value), (actual) => JSON.stringify(actual) === JSON.stringify(value));
  }

  /** Any value at all. */
  public static present(): Expectation {
    return new Expectation('present', (actual) => actual !== undefined && actual !== null);
  }

  /** A number that is no smaller. */
  public static atLeast(minimum: number): Expectation {
    return new Expectation(`at least ${minimum}`, (actual) => Number(actual) >= minimum);
  }

  /** A list that holds each of the values. */
  public static includes(...values: unknown[]): Expectation {
    const wanted = values.map((value) => JSON.stringify(value));
    return new Expectation(`includes ${wanted.join(', ')}`, (actual) => {
      const found = Array.isArray(actual) ? actual.map((value) => JSON.stringify(value)) : [];
      return wanted.every((value) => found.includes(value));
    });
  }

  private constructor(
    public readonly text: string,
    public readonly isMetBy: (actual: unknown) => boolean,
  ) {}
}

/** What describes a value beside its name. */
export interface HelmValueOptions<T> {
  /** What the value means; becomes the comment in `values.yaml` and the description in the schema. */
  readonly description: string;
  /** What CloudFormation passes at deployment; may be a token. */
  readonly value: T;
}

type HelmValueType = 'string' | 'number' | 'boolean';

/**
 * Something a chart needs that is known only at deployment: an endpoint, a role, a subnet.
 *
 * The chart is written with a placeholder. Helm replaces it when it renders, so the same chart directory installs on
 * any cluster with other values.
 */
export class HelmValue<T extends string | number | boolean = string | number | boolean> {
  /** A value that stays a string, even when it looks like a number. */
  public static string(name: string, options: HelmValueOptions<string>): HelmValue<string> {
    return new HelmValue(name, 'string', options);
  }

  /** A whole number. */
  public static number(name: string, options: HelmValueOptions<number>): HelmValue<number> {
    return new HelmValue(name, 'number', options);
  }

  /** A boolean. */
  public static boolean(name: string, options: HelmValueOptions<boolean>): HelmValue<boolean> {
    return new HelmValue(name, 'boolean', options);
  }

  /** The names of all placeholders in a text. */
  public static namesIn(text: string): string[] {
    return [...new Set([...text.matchAll(/__HELM_VALUE_([A-Za-z][A-Za-z0-9]*)__/g)].map((match) => match[1]))];
  }

  public readonly description: string;
  public readonly value: T;

  private constructor(
    public readonly name: string,
    public readonly type: HelmValueType,
    options: HelmValueOptions<T>,
  ) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
      throw new Error(`'name' of a Helm value must be a word in camel case, got '${name}'`);
    }
    this.description = options.description;
    this.value = options.value;
  }

  /** What the chart holds in the place of the value; a string at run time, whatever the type says. */
  public get placeholder(): T {
    return this.marker as unknown as T;
  }

  /** The step of the Helm template that puts the value in the place of its placeholder. */
  public get replacement(): string {
    const value = `$.Values.${this.name}`;
    if (this.type === 'string') {
      // the placeholder stands inside a double-quoted scalar, which takes JSON's escapes
      return `replace "${this.marker}" (${value} | toString | toJson | trimPrefix "\\"" | trimSuffix "\\"")`;
    }
    // numbers and booleans lose the quotes around the placeholder, so that they keep their types
    const text = this.type === 'number' ? `${value} | int64 | toString` : `${value} | toString`;
    return `replace "\\"${this.marker}\\"" (${text})`;
  }

  /** The JSON schema of the value. */
  public get schema(): Record<string, unknown> {
    const type = this.type === 'number' ? 'integer' : this.type;
    return { type, description: this.description, ...(this.type === 'string' ? { minLength: 1 } : {}) };
  }

  private get marker(): string {
    return `__HELM_VALUE_${this.name}__`;
  }
}

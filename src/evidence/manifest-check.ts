import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check, Finding } from './check';
import type { Expectation } from './expectation';

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

  public run(assemblyDirectory: string): Finding {
    const yaml = require('yaml') as typeof import('yaml');
    const file = join(assemblyDirectory, this.file);
    const object = existsSync(file) ? yaml.parse(readFileSync(file, 'utf-8')) : undefined;
    const actual = this.path.reduce((value, key) => value?.[key], object);
    return {
      subject: `${this.file} ${this.path.join('/')}`,
      expected: this.expectation.text,
      actual: object === undefined ? 'no such object' : (JSON.stringify(actual) ?? 'absent'),
      passed: object !== undefined && this.expectation.isMetBy(actual),
    };
  }
}

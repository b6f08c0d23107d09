import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { SynthesizedTemplate } from './synthesized-template';

/** What a synthesis left in its directory; each file is parsed once, however many checks look at it. */
export class SynthesizedAssembly {
  private readonly templates = new Map<string, SynthesizedTemplate>();
  private readonly objects = new Map<string, Record<string, never> | undefined>();
  private readonly parsed = new Map<string, Record<string, never>>();

  public constructor(private readonly directory: string) {}

  /** The template of a stack. */
  public template(stack: Stack): SynthesizedTemplate {
    const { templateFile } = stack;
    const template = this.templates.get(templateFile) ?? new SynthesizedTemplate(join(this.directory, templateFile));
    this.templates.set(templateFile, template);
    return template;
  }

  /** A YAML file, or nothing when there is none. */
  public yaml(path: string): Record<string, never> | undefined {
    if (!this.objects.has(path)) {
      this.objects.set(path, this.parse(join(this.directory, path)));
    }
    return this.objects.get(path);
  }

  private parse(file: string): Record<string, never> | undefined {
    if (!existsSync(file)) {
      return undefined;
    }
    // clusters hold much the same objects, and parsing is what takes time
    const text = readFileSync(file, 'utf-8');
    const known = this.parsed.get(text);
    if (known) {
      return known;
    }
    const yaml = require('yaml') as typeof import('yaml');
    const object = yaml.parse(text);
    this.parsed.set(text, object);
    return object;
  }
}

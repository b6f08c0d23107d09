import { readFileSync } from 'node:fs';

/** A resource as it stands in a template. */
export interface SynthesizedResource {
  readonly logicalId: string;
  readonly type: string;
  // templates have no schema of ours
  readonly properties: Record<string, never>;
}

/** The template that a stack left in the assembly. */
export class SynthesizedTemplate {
  /** All resources. */
  public readonly resources: readonly SynthesizedResource[];

  public constructor(path: string) {
    const template = JSON.parse(readFileSync(path, 'utf-8'));
    this.resources = Object.entries<{ Type: string; Properties?: Record<string, never> }>(template.Resources ?? {}).map(
      ([logicalId, { Type, Properties }]) => ({ logicalId, type: Type, properties: Properties ?? {} }),
    );
  }

  /** The resources of a type. */
  public ofType(type: string): readonly SynthesizedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** A resource by its logical id. */
  public byLogicalId(logicalId: string): SynthesizedResource | undefined {
    return this.resources.find((resource) => resource.logicalId === logicalId);
  }
}

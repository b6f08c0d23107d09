import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HelmValue } from './helm-value';

/** A Kubernetes object as cdk8s renders it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** What becomes a chart. */
export interface HelmPackageProps {
  /** The name of the chart and of its directory. */
  readonly name: string;
  readonly description: string;
  readonly objects: readonly KubernetesObject[];
  readonly values: readonly HelmValue[];
}

/**
 * A Helm chart directory made of finished Kubernetes objects.
 *
 * The objects lie under `files/` and one template prints them. Helm does not interpret files, so `{{ }}` in an alert
 * rule or a prompt survives as it is; only the placeholders of the chart's values are replaced.
 */
export class HelmPackage {
  /** Where a chart keeps an object. */
  public static fileOf(kind: string, name: string, namespace?: string): string {
    const parts = [kind, namespace, name].filter((part) => part !== undefined);
    return `files/${parts
      .join('.')
      .toLowerCase()
      .replace(/[^a-z0-9.-]/g, '-')}.yaml`;
  }

  private readonly files = new Map<string, string>();

  public constructor(private readonly props: HelmPackageProps) {
    this.addObjects();
    this.checkValues();
    this.files.set('templates/objects.yaml', this.template());
    this.files.set('values.yaml', this.valuesYaml());
    this.files.set('values.schema.json', this.valuesSchema());
    this.files.set('Chart.yaml', this.chartYaml());
  }

  /**
   * Writes the chart.
   *
   * @param directory where the chart's own directory is created; what was there before is replaced
   * @returns the path of the chart
   */
  public write(directory: string): string {
    const root = join(directory, this.props.name);
    rmSync(root, { recursive: true, force: true });
    for (const [path, content] of this.files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return root;
  }

  private addObjects(): void {
    for (const object of this.props.objects) {
      const { kind, metadata } = object;
      const path = HelmPackage.fileOf(kind, metadata.name, metadata.namespace);
      if (this.files.has(path)) {
        throw new Error(
          `chart '${this.props.name}' must not hold two objects of one name, got ${kind} '${metadata.name}' twice`,
        );
      }
      this.files.set(path, toYaml(object));
    }
  }

  private checkValues(): void {
    const used = HelmValue.namesIn([...this.files.values()].join('\n'));
    const given = this.props.values.map((value) => value.name);
    const missing = used.filter((name) => !given.includes(name));
    const unused = given.filter((name) => !used.includes(name));
    if (missing.length > 0) {
      throw new Error(
        `'values' of chart '${this.props.name}' must hold every value it uses, missing '${missing.join("', '")}'`,
      );
    }
    if (unused.length > 0) {
      throw new Error(`'values' of chart '${this.props.name}' must all be used, got unused '${unused.join("', '")}'`);
    }
  }

  private template(): string {
    const replacements = this.props.values.map((value) => `{{- $object = $object | ${value.replacement} }}`);
    return `${[
      '{{- range $path, $_ := .Files.Glob "files/*.yaml" }}',
      '{{- $object := $.Files.Get $path }}',
      ...replacements,
      '---',
      '{{ $object }}',
      '{{- end }}',
    ].join('\n')}\n`;
  }

  private valuesYaml(): string {
    const placeholder = { string: '""', number: '0', boolean: 'false' };
    const lines = this.props.values.map(
      (value) => `# ${value.description} (${value.type}, required)\n${value.name}: ${placeholder[value.type]}`,
    );
    return lines.length === 0 ? '{}\n' : `${lines.join('\n')}\n`;
  }

  private valuesSchema(): string {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      required: this.props.values.map((value) => value.name),
      properties: Object.fromEntries(this.props.values.map((value) => [value.name, value.schema])),
    };
    return `${JSON.stringify(schema, undefined, 2)}\n`;
  }

  private chartYaml(): string {
    // the version follows the content, so that a release shows whether anything changed
    const hash = createHash('sha256')
      .update(JSON.stringify([...this.files]))
      .digest('hex')
      .slice(0, 12);
    return toYaml({
      apiVersion: 'v2',
      name: this.props.name,
      description: this.props.description,
      type: 'application',
      version: `1.0.0-h${hash}`,
    });
  }
}

/** Objects by their JSON: charts of different clusters hold much the same, and printing is what takes time. */
const PRINTED = new Map<string, string>();

function toYaml(object: object): string {
  const key = JSON.stringify(object);
  const printed = PRINTED.get(key) ?? print(object);
  PRINTED.set(key, printed);
  return printed;
}

function print(object: object): string {
  const yaml = require('yaml') as typeof import('yaml');
  const document = new yaml.Document(object, { aliasDuplicateObjects: false });
  yaml.visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && HelmValue.namesIn(node.value).length > 0) {
        node.type = 'QUOTE_DOUBLE';
      }
    },
  });
  return document.toString({ lineWidth: 0 });
}

import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HelmPackage, type KubernetesObject } from '../../src/cluster/helm-package';
import { HelmValue } from '../../src/cluster/helm-value';

const endpoint = HelmValue.string('endpoint', { description: 'Where it listens', value: 'db.local' });
const replicas = HelmValue.number('replicas', { description: 'How many', value: 3 });
const debug = HelmValue.boolean('debug', { description: 'Say more', value: false });

function object(kind: string, name: string, rest: object = {}): KubernetesObject {
  return { apiVersion: 'v1', kind, metadata: { name, namespace: 'agents' }, ...rest };
}

function pack(objects: KubernetesObject[], values: HelmValue[] = []): (path: string) => string {
  const directory = mkdtempSync(join(tmpdir(), 'chart-'));
  const root = new HelmPackage({ name: 'demo', description: 'A demonstration', objects, values }).write(directory);
  return (path) => readFileSync(join(root, path), 'utf-8');
}

test('keeps one file for each object, named after it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'chart-'));

  const root = new HelmPackage({
    name: 'demo',
    description: 'A demonstration',
    objects: [object('ConfigMap', 'one'), object('Secret', 'one')],
    values: [],
  }).write(directory);

  expect(readdirSync(join(root, 'files'))).toEqual(['configmap.agents.one.yaml', 'secret.agents.one.yaml']);
});

test('leaves literal double braces alone', () => {
  const read = pack([object('ConfigMap', 'prompt', { data: { text: 'Hello {{ $labels.pod }} {{ .Values.x }}' } })]);

  expect(read('files/configmap.agents.prompt.yaml')).toContain('text: Hello {{ $labels.pod }} {{ .Values.x }}');
});

test('quotes every scalar that holds a placeholder, so that any value can stand there', () => {
  const read = pack(
    [object('ConfigMap', 'settings', { data: { url: `https://${endpoint.placeholder}/v1` } })],
    [endpoint],
  );

  expect(read('files/configmap.agents.settings.yaml')).toContain('url: "https://__HELM_VALUE_endpoint__/v1"');
});

test('replaces each value by its type', () => {
  const read = pack(
    [object('Demo', 'demo', { a: endpoint.placeholder, b: replicas.placeholder, c: debug.placeholder })],
    [endpoint, replicas, debug],
  );

  expect(read('templates/objects.yaml')).toBe(`{{- range $path, $_ := .Files.Glob "files/*.yaml" }}
{{- $object := $.Files.Get $path }}
{{- $object = $object | replace "__HELM_VALUE_endpoint__" ($.Values.endpoint | toString | toJson | trimPrefix "\\"" | trimSuffix "\\"") }}
{{- $object = $object | replace "\\"__HELM_VALUE_replicas__\\"" ($.Values.replicas | int64 | toString) }}
{{- $object = $object | replace "\\"__HELM_VALUE_debug__\\"" ($.Values.debug | toString) }}
---
{{ $object }}
{{- end }}
`);
});

test('describes the values for people and for Helm', () => {
  const read = pack(
    [object('Demo', 'demo', { a: endpoint.placeholder, b: replicas.placeholder })],
    [endpoint, replicas],
  );

  expect(read('values.yaml')).toBe(
    '# Where it listens (string, required)\nendpoint: ""\n# How many (number, required)\nreplicas: 0\n',
  );
  expect(JSON.parse(read('values.schema.json'))).toMatchObject({
    required: ['endpoint', 'replicas'],
    properties: { endpoint: { type: 'string', minLength: 1 }, replicas: { type: 'integer' } },
  });
});

describe('the version of the chart', () => {
  const version = (data: object) =>
    /version: (.*)/.exec(pack([object('ConfigMap', 'one', { data })])('Chart.yaml'))?.[1];

  test('is a semantic version that follows the content', () => {
    expect(version({ a: '1' })).toMatch(/^1\.0\.0-h[0-9a-f]{12}$/);
    expect(version({ a: '1' })).toBe(version({ a: '1' }));
    expect(version({ a: '1' })).not.toBe(version({ a: '2' }));
  });
});

test('fails when two objects have one name', () => {
  expect(() => pack([object('ConfigMap', 'one'), object('ConfigMap', 'one')])).toThrow(
    "chart 'demo' must not hold two objects of one name, got ConfigMap 'one' twice",
  );
});

test('fails when a value is used but not given', () => {
  expect(() => pack([object('Demo', 'demo', { a: endpoint.placeholder })])).toThrow(
    "'values' of chart 'demo' must hold every value it uses, missing 'endpoint'",
  );
});

test('fails when a value is given but not used', () => {
  expect(() => pack([object('Demo', 'demo')], [replicas])).toThrow(
    "'values' of chart 'demo' must all be used, got unused 'replicas'",
  );
});

test('fails when a value has a name that Helm could not read', () => {
  expect(() => HelmValue.string('node-role', { description: '', value: '' })).toThrow(
    "'name' of a Helm value must be a word in camel case, got 'node-role'",
  );
});

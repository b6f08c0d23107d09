import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runTool } from './tool';

export type ChartValues = Record<string, string | number | boolean>;

interface ValueSchema {
  readonly type: 'string' | 'integer' | 'boolean';
}

/** What CloudFormation would pass, by the name of the value: an API server looks at formats as well. */
const SAMPLES: readonly (readonly [RegExp, string])[] = [
  [/cidr/i, '10.0.0.0/16'],
  [/arn$/i, 'arn:aws:kms:eu-central-1:111111111111:key/00000000-0000-0000-0000-000000000000'],
  [/^subnet/i, 'subnet-0123456789abcdef0'],
  [/securityGroup/i, 'sg-0123456789abcdef0'],
];

/** Renders a chart with real Helm and parses what comes out. */
export function renderChart(helm: string, chart: string, values: ChartValues = {}) {
  const given = Object.entries(values).flatMap(([name, value]) => ['--set-json', `${name}=${JSON.stringify(value)}`]);
  const { status, stdout, stderr } = runTool(helm, ['template', 'release', chart, ...given]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return parseAllDocuments(stdout).map((document) => document.toJS());
}

/** The values that a chart asks for, by its schema. */
export function requiredValues(chart: string): Record<string, ValueSchema> {
  const { required, properties } = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf-8'));
  return Object.fromEntries(required.map((name: string) => [name, properties[name]]));
}

/** Values of the right type and form for everything that a chart asks for. */
export function sampleValues(chart: string): ChartValues {
  const sample = (name: string) => SAMPLES.find(([pattern]) => pattern.test(name))?.[1] ?? name.toLowerCase();
  return Object.fromEntries(
    Object.entries(requiredValues(chart)).map(([name, { type }]) => [
      name,
      { string: sample(name), integer: 5432, boolean: true }[type],
    ]),
  );
}

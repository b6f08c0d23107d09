import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { HelmPackage } from '../../src/cluster/helm-package';
import { HelmValue } from '../../src/cluster/helm-value';
import { PlatformCluster } from '../../src/cluster/platform-cluster';
import { type ChartValues, renderChart, requiredValues } from './rendered-chart';
import { complaints, runTool, testWith } from './tool';

describe.each(['helm3', 'helm4'])('%s', (helm) => {
  const text = HelmValue.string('text', { description: 'A text', value: '' });
  const count = HelmValue.number('count', { description: 'A number', value: 0 });
  const flag = HelmValue.boolean('flag', { description: 'A boolean', value: false });
  const chart = () =>
    new HelmPackage({
      name: 'demo',
      description: 'A demonstration',
      objects: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'demo' },
          ...{
            literal: 'up {{ $labels.pod }} is {{ .Values.text }}\nsecond line',
            whole: text.placeholder,
            inside: `https://${text.placeholder}/v1`,
            list: [count.placeholder, flag.placeholder],
          },
        },
      ],
      values: [text, count, flag],
    }).write(mkdtempSync(join(tmpdir(), 'chart-')));

  for (const tricky of ['plain', '12', 'true', 'a: b # c', '"quoted" \\ back', "it's", 'one\ntwo', '<&>', '{{ .x }}']) {
    testWith(helm, `keeps the type of ${JSON.stringify(tricky)} and leaves literal braces alone`, () => {
      expect(renderChart(helm, chart(), { text: tricky, count: 5433, flag: true })).toEqual([
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'demo' },
          literal: 'up {{ $labels.pod }} is {{ .Values.text }}\nsecond line',
          whole: tricky,
          inside: `https://${tricky}/v1`,
          list: [5433, true],
        },
      ]);
    });
  }

  testWith(helm, 'prints large numbers as they are', () => {
    const [{ list }] = renderChart(helm, chart(), { text: 'x', count: 123456789, flag: false });

    expect(list).toEqual([123456789, false]);
  });

  testWith(helm, 'refuses a value of the wrong type, or none', () => {
    const wrong = runTool(helm, [
      'template',
      'release',
      chart(),
      '--set-json',
      'text="x"',
      '--set-json',
      'count="many"',
    ]);

    expect(wrong.status).not.toBe(0);
    expect(wrong.stderr).toMatch(/count/);
    expect(runTool(helm, ['template', 'release', chart()]).status).not.toBe(0);
  });

  const app = new App();
  const stack = new Stack(app, 'Stack');
  new PlatformCluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc'), clusterName: 'demo' });
  const charts = join(app.synth().directory, 'charts', 'demo');

  test('there are charts to judge', () => {
    expect(readdirSync(charts).sort()).toEqual(['namespaces', 'node-pools']);
  });

  for (const name of readdirSync(charts)) {
    const directory = join(charts, name);
    const values: ChartValues = Object.fromEntries(
      Object.keys(requiredValues(directory)).map((value) => [value, `the-${value}`]),
    );

    testWith(helm, `has nothing to say against the chart '${name}'`, () => {
      const given = Object.entries(values).flatMap(([key, value]) => ['--set', `${key}=${value}`]);

      expect(complaints(helm, ['lint', '--strict', directory, ...given])).toBe('');
    });

    testWith(helm, `renders every object of the chart '${name}', with its values in their places`, () => {
      const objects = renderChart(helm, directory, values);
      const files = readdirSync(join(directory, 'files')).map((file) =>
        parse(
          Object.entries(values).reduce(
            (content, [key, value]) => content.replaceAll(`__HELM_VALUE_${key}__`, String(value)),
            readFileSync(join(directory, 'files', file), 'utf-8'),
          ),
        ),
      );

      expect(objects).toHaveLength(files.length);
      expect(objects).toEqual(expect.arrayContaining(files));
    });
  }
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Chart, type App as ChartApp } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { describe, expect, test } from 'vitest';
import type { ChartReleaseOptions } from '../../src/cluster/chart-release';
import { ClusterCharts } from '../../src/cluster/cluster-charts';
import { HelmValue } from '../../src/cluster/helm-value';
import { importedCluster } from './imported-cluster';

class GreetingChart extends Chart {
  public constructor(scope: ChartApp, id: string, greetings: Record<string, string>) {
    super(scope, id);
    new k8s.KubeConfigMap(this, 'Greeting', { data: greetings });
  }
}

function greeting(greetings: Record<string, string>, options: Partial<ChartReleaseOptions> = {}): ChartReleaseOptions {
  return {
    release: 'greeting',
    description: 'Says hello',
    namespace: 'agents',
    chart: (app, id) => new GreetingChart(app, id, greetings),
    ...options,
  };
}

describe('a chart of ours', () => {
  test('travels as one asset and one resource, with no manifest in the template', () => {
    const stack = new Stack(new App(), 'Stack');

    ClusterCharts.of(importedCluster(stack)).install(stack, 'Chart', greeting({ hello: 'a needle' }));

    const template = Template.fromStack(stack);
    template.resourceCountIs(eks.HelmChart.RESOURCE_TYPE, 1);
    template.hasResourceProperties(eks.HelmChart.RESOURCE_TYPE, {
      Release: 'greeting',
      Namespace: 'agents',
      ChartAssetURL: Match.anyValue(),
      CreateNamespace: Match.absent(),
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('a needle');
  });

  test('holds what was added until synthesis', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const greetings: Record<string, string> = { hello: 'early' };
    const chart = ClusterCharts.of(importedCluster(stack)).install(stack, 'Chart', greeting(greetings));

    greetings.hello = 'late';

    const { directory } = app.synth();
    const objects = join(directory, 'charts', 'Stack', 'greeting', 'files');
    const [file] = readdirSync(objects);
    expect(readFileSync(join(objects, file), 'utf-8')).toContain('hello: late');
    expect(chart.fileOf('ConfigMap', 'x', 'y')).toBe('charts/Stack/greeting/files/configmap.y.x.yaml');
  });

  test('passes values that are known at deployment only, with their types', () => {
    const stack = new Stack(new App(), 'Stack');
    const endpoint = HelmValue.string('endpoint', { description: 'Where', value: stack.region });
    const replicas = HelmValue.number('replicas', { description: 'How many', value: 2 });
    const greetings = { endpoint: endpoint.placeholder, replicas: String(replicas.placeholder) };

    ClusterCharts.of(importedCluster(stack)).install(
      stack,
      'Chart',
      greeting(greetings, { values: [endpoint, replicas] }),
    );

    Template.fromStack(stack).hasResourceProperties(eks.HelmChart.RESOURCE_TYPE, {
      Values: { 'Fn::Join': ['', ['{"endpoint":"', { Ref: 'AWS::Region' }, '","replicas":2}']] },
    });
  });

  test('has object names of its own when it is installed from two places', () => {
    const app = new App();
    const names = ['One', 'Two'].map((id) => {
      const stack = new Stack(app, id);
      let name = '';
      ClusterCharts.of(importedCluster(stack)).install(stack, 'Chart', {
        ...greeting({}),
        chart: (chartApp, chartId) => {
          const chart = new GreetingChart(chartApp, chartId, {});
          name = chart.toJson()[0].metadata.name;
          return chart;
        },
      });
      return () => name;
    });

    app.synth();

    expect(names[0]()).not.toBe(names[1]());
  });
});

test('a published chart is pinned and goes into an existing namespace', () => {
  const stack = new Stack(new App(), 'Stack');

  ClusterCharts.of(importedCluster(stack)).installPublished(stack, 'Chart', {
    release: 'web',
    chart: 'nginx',
    repository: 'https://charts.example',
    version: '1.2.3',
    namespace: 'agents',
    values: { replicas: 2 },
  });

  Template.fromStack(stack).hasResourceProperties(eks.HelmChart.RESOURCE_TYPE, {
    Chart: 'nginx',
    Version: '1.2.3',
    Values: '{"replicas":2}',
    CreateNamespace: Match.absent(),
  });
});

describe('fails', () => {
  test('when two releases have one name', () => {
    const stack = new Stack(new App(), 'Stack');
    const charts = ClusterCharts.of(importedCluster(stack));
    charts.install(stack, 'One', greeting({}));

    expect(() => charts.install(stack, 'Two', greeting({}))).toThrow(
      "'release' must be unique on a cluster, 'greeting' is already installed by Stack/One",
    );
    expect(charts.releaseNames).toEqual(['greeting']);
  });

  test('when the release is no DNS label', () => {
    const stack = new Stack(new App(), 'Stack');

    expect(() =>
      ClusterCharts.of(importedCluster(stack)).install(stack, 'Chart', greeting({}, { release: 'Greeting!' })),
    ).toThrow("'release' must be a DNS label of at most 53 characters, got 'Greeting!'");
  });

  test('when the cluster cannot install anything', () => {
    const stack = new Stack(new App(), 'Stack');
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
      clusterName: 'theirs',
      vpc: new ec2.Vpc(stack, 'Vpc'),
    });

    expect(() => ClusterCharts.of(cluster).install(stack, 'Chart', greeting({}))).toThrow(
      "'cluster' must have a kubectl provider with a role to install charts, give 'kubectlProvider' when importing it",
    );
  });
});

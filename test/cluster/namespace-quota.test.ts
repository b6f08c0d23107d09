import { App, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { NamespaceQuota } from '../../src/cluster/namespace-quota';
import { PlatformCluster, type PlatformClusterProps } from '../../src/cluster/platform-cluster';
import { Evidence } from '../../src/evidence/evidence';
import { SynthesizedAssembly } from '../../src/evidence/synthesized-assembly';

function synthesize(props: Partial<PlatformClusterProps>) {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const cluster = new PlatformCluster(stack, 'Cluster', {
    vpc: new ec2.Vpc(stack, 'Vpc'),
    clusterName: 'demo',
    ...props,
  });
  const assembly = new SynthesizedAssembly(app.synth().directory);
  return {
    spec: (object: string): unknown => assembly.yaml(`charts/demo/namespaces/files/${object}.yaml`)?.spec,
    findings: Evidence.of(cluster).claims.map(({ check }) => ({ statement: check.statement, ...check.run(assembly) })),
  };
}

describe('by default', () => {
  const { spec, findings } = synthesize({ namespaces: ['agents', 'tools'] });

  test.each(['agents', 'tools'])('the namespace %s has a quota', (namespace) => {
    expect(spec(`resourcequota.${namespace}.quota`)).toEqual({
      hard: {
        'requests.cpu': '16',
        'requests.memory': '65536Mi',
        'limits.memory': '131072Mi',
        'requests.storage': '512000Mi',
        pods: '100',
        'services.loadbalancers': '0',
        'services.nodeports': '0',
      },
    });
  });

  test('containers that say nothing fit into it', () => {
    expect(spec('limitrange.agents.defaults')).toEqual({
      limits: [{ type: 'Container', defaultRequest: { cpu: '100m', memory: '128Mi' }, default: { memory: '512Mi' } }],
    });
  });

  test('pods are admitted by tag', () => {
    expect(JSON.stringify(spec('validatingadmissionpolicy.workload-pods'))).toContain('untagged');
  });

  test('what is claimed about the namespaces holds', () => {
    const statements = findings.map(({ statement }) => statement);

    expect(statements).toEqual(
      expect.arrayContaining([
        "namespace 'agents' cannot take more than its quota of requests.cpu",
        "namespace 'tools' cannot take more than its quota of limits.memory",
        'a pod that breaks the rules on images and tokens is denied',
        'the rules on images and tokens count in every namespace for workloads',
        'a pod that cannot be judged by the rules is denied',
      ]),
    );
    expect(findings.filter(({ passed }) => !passed)).toEqual([]);
  });
});

test('a quota is changed in part, for one namespace', () => {
  const { spec } = synthesize({
    namespaces: ['agents', 'tools'],
    quotas: {
      tools: NamespaceQuota.of({
        cpu: 4,
        memory: Size.gibibytes(8),
        pods: 10,
        storage: Size.gibibytes(20),
        loadBalancers: 1,
        containerMemory: Size.gibibytes(1),
      }),
    },
  });

  expect(spec('resourcequota.tools.quota')).toEqual({
    hard: {
      'requests.cpu': '4',
      'requests.memory': '8192Mi',
      'limits.memory': '16384Mi',
      'requests.storage': '20480Mi',
      pods: '10',
      'services.loadbalancers': '1',
    },
  });
  expect(spec('limitrange.tools.defaults')).toMatchObject({ limits: [{ default: { memory: '1024Mi' } }] });
  expect(spec('resourcequota.agents.quota')).toMatchObject({ hard: { pods: '100' } });
});

test('without a quota containers still have defaults', () => {
  const { spec } = synthesize({ quotas: { agents: NamespaceQuota.unlimited() } });

  expect(spec('resourcequota.agents.quota')).toBeUndefined();
  expect(spec('limitrange.agents.defaults')).toMatchObject({ limits: [{ default: { memory: '512Mi' } }] });
});

test('images may have to be named by their digest', () => {
  const { spec } = synthesize({ imagesByDigest: true });

  expect(JSON.stringify(spec('validatingadmissionpolicy.workload-pods'))).toContain('undigested');
});

test('a cluster without namespaces for workloads needs no rules for them', () => {
  const { spec, findings } = synthesize({ namespaces: [] });

  expect(spec('validatingadmissionpolicy.workload-pods')).toBeUndefined();
  expect(findings.filter(({ passed }) => !passed)).toEqual([]);
});

describe('fails', () => {
  test.each([
    [{ cpu: 0 }, "'cpu' must be a whole number of at least 1, got 0"],
    [{ cpu: 1.5 }, "'cpu' must be a whole number of at least 1, got 1.5"],
    [{ pods: -1 }, "'pods' must be a whole number of at least 1, got -1"],
    [{ loadBalancers: -1 }, "'loadBalancers' must be a whole number of at least 0, got -1"],
    [{ containerMemory: Size.mebibytes(64) }, "'containerMemory' must be a whole number of at least 128 MiB, got 64"],
    [{ memory: Size.mebibytes(256) }, "'memory' must be a whole number of at least 512 MiB, got 256"],
  ])('for %o', (options, message) => {
    expect(() => NamespaceQuota.of(options)).toThrow(message);
  });

  test('for a quota of a namespace that the cluster does not have', () => {
    expect(() => synthesize({ quotas: { tools: NamespaceQuota.of() } })).toThrow(
      "'quotas' must name a namespace of the cluster (one of agents), got 'tools'",
    );
  });
});

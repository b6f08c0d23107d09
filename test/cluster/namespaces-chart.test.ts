import { Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { type NamespaceSpec, NamespacesChart } from '../../src/cluster/namespaces-chart';

function render(...namespaces: NamespaceSpec[]) {
  const chart = new NamespacesChart(Testing.app(), 'Namespaces', {
    namespaces,
    podSecurityVersion: 'v1.36',
    dnsAddress: '172.20.0.10',
  });
  return (kind: string, name: string) =>
    Testing.synth(chart).find((object) => object.kind === kind && object.metadata.name === name);
}

describe('a namespace', () => {
  const find = render({ name: 'agents', podSecurity: 'restricted' });

  test('enforces, audits and warns by the pinned Pod Security standard', () => {
    expect(find('Namespace', 'agents')?.metadata.labels).toEqual({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.36',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/audit-version': 'v1.36',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/warn-version': 'v1.36',
    });
  });

  test('lets nothing in or out', () => {
    expect(find('NetworkPolicy', 'default-deny')).toMatchObject({
      metadata: { namespace: 'agents' },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
  });

  test('opens DNS, in kube-system and at the address of the service', () => {
    expect(find('NetworkPolicy', 'allow-dns')?.spec.egress).toEqual([
      {
        to: [
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } },
          { ipBlock: { cidr: '172.20.0.10/32' } },
        ],
        ports: [
          { protocol: 'UDP', port: 53 },
          { protocol: 'TCP', port: 53 },
        ],
      },
    ]);
  });

  test('opens traffic between its own pods', () => {
    expect(find('NetworkPolicy', 'allow-same-namespace')?.spec).toMatchObject({
      ingress: [{ from: [{ podSelector: {} }] }],
      egress: [{ to: [{ podSelector: {} }] }],
    });
  });
});

test('opens named flows in one direction only', () => {
  const find = render({
    name: 'monitoring',
    podSecurity: 'privileged',
    egress: [{ name: 'nodes', cidr: '10.0.0.0/16', ports: [9100, 10250] }],
    ingress: [{ name: 'api-server', cidr: '10.0.0.0/16', ports: [10250] }],
  });

  expect(find('NetworkPolicy', 'allow-to-nodes')?.spec).toEqual({
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      {
        to: [{ ipBlock: { cidr: '10.0.0.0/16' } }],
        ports: [
          { protocol: 'TCP', port: 9100 },
          { protocol: 'TCP', port: 10250 },
        ],
      },
    ],
  });
  expect(find('NetworkPolicy', 'allow-from-api-server')?.spec).toEqual({
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16' } }], ports: [{ protocol: 'TCP', port: 10250 }] }],
  });
});

import { App } from 'aws-cdk-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import { ObservabilityStack } from '../../src/observability-stack/observability-stack';
import { ownCluster } from './clusters';
import { objectOf } from './releases';

describe('the namespace of the monitoring', () => {
  let stack: ObservabilityStack;
  const policy = (name: string) =>
    objectOf(stack, 'Theirs/monitoring-namespace', `networkpolicy.monitoring.${name}.yaml`).spec;

  beforeAll(() => {
    const app = new App();
    stack = new ObservabilityStack(app, 'Obs', { cluster: ownCluster(app) });
    app.synth();
  });

  test('lets nothing in or out by default', () => {
    expect(policy('default-deny')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('lets the node exporter look at its host', () => {
    const { metadata } = objectOf(stack, 'Theirs/monitoring-namespace', 'namespace.monitoring.yaml');
    expect(metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'privileged',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
  });

  test('lets every pod call the Kubernetes API, by its service and in the VPC', () => {
    const https = [{ port: 443, protocol: 'TCP' }];
    expect(policy('allow-to-kubernetes-api').egress).toEqual([
      { ports: https, to: [{ ipBlock: { cidr: '172.20.0.1/32' } }] },
    ]);
    expect(policy('allow-to-control-plane-1').egress).toEqual([
      { ports: https, to: [{ ipBlock: { cidr: '__HELM_VALUE_vpcCidr1__' } }] },
    ]);
  });

  test('lets Prometheus alone reach pods everywhere, and kubelets and exporters on the nodes', () => {
    expect(policy('allow-prometheus-to-targets')).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
      policyTypes: ['Egress'],
      egress: [
        { to: [{ namespaceSelector: {} }] },
        {
          ports: [
            { port: 9100, protocol: 'TCP' },
            { port: 10250, protocol: 'TCP' },
          ],
          to: [{ ipBlock: { cidr: '__HELM_VALUE_vpcCidr1__' } }],
        },
      ],
    });
  });

  test('lets Alertmanager alone fetch its credentials and call AWS', () => {
    expect(policy('allow-alertmanager-to-aws')).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'alertmanager' } },
      policyTypes: ['Egress'],
      egress: [
        { ports: [{ port: 80, protocol: 'TCP' }], to: [{ ipBlock: { cidr: '169.254.170.23/32' } }] },
        { ports: [{ port: 443, protocol: 'TCP' }], to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] },
      ],
    });
  });

  test('lets the control plane call the webhook of the operator', () => {
    expect(policy('allow-control-plane-to-webhook')).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/component': 'prometheus-operator' } },
      policyTypes: ['Ingress'],
      ingress: [
        { from: [{ ipBlock: { cidr: '__HELM_VALUE_vpcCidr1__' } }], ports: [{ port: 10250, protocol: 'TCP' }] },
      ],
    });
  });
});

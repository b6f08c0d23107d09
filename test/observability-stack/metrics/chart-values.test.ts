import { describe, expect, test } from 'vitest';
import { chartValues } from '../../../src/observability-stack/metrics/chart-values';

const VALUES = chartValues({
  namespace: 'monitoring',
  clusterName: 'acme',
  environmentName: 'staging',
  region: 'eu-central-1',
  retention: '15d',
  storage: 50,
  storageClass: 'platform',
  highlyAvailable: false,
  alertRouting: { route: { receiver: 'nobody' } },
  alertmanagerServiceAccount: 'alertmanager',
});

describe('the values of the chart', () => {
  test.each(['kubeEtcd', 'kubeScheduler', 'kubeControllerManager', 'kubeProxy', 'coreDns', 'windowsMonitoring'])(
    'do not look for %s, which Auto Mode hides',
    (component) => {
      expect(VALUES).toMatchObject({ [component]: { enabled: false } });
    },
  );

  test('leave the alerts to us and the recorded series to the chart', () => {
    const { rules } = (VALUES as { defaultRules: { rules: Record<string, boolean> } }).defaultRules;
    expect(rules).toMatchObject({ general: false, kubernetesApps: false, nodeExporterAlerting: false });
    expect(rules).not.toHaveProperty('nodeExporterRecording');
    expect(rules).not.toHaveProperty('kubePrometheusNodeRecording');
  });

  test('find every monitor and rule of the cluster', () => {
    expect(VALUES).toMatchObject({
      prometheus: {
        prometheusSpec: {
          ruleSelectorNilUsesHelmValues: false,
          serviceMonitorSelectorNilUsesHelmValues: false,
          podMonitorSelectorNilUsesHelmValues: false,
          probeSelectorNilUsesHelmValues: false,
          scrapeConfigSelectorNilUsesHelmValues: false,
        },
      },
    });
  });

  test('keep metrics and silences on volumes', () => {
    const claim = (size: string) => ({
      volumeClaimTemplate: {
        spec: {
          storageClassName: 'platform',
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: size } },
        },
      },
    });
    expect(VALUES).toMatchObject({
      prometheus: { prometheusSpec: { storageSpec: claim('50Gi'), retention: '15d', retentionSize: '42GB' } },
      alertmanager: { alertmanagerSpec: { storage: claim('5Gi') } },
    });
  });

  test('tell clusters and environments apart, inside and outside', () => {
    expect(VALUES).toMatchObject({
      prometheus: {
        prometheusSpec: {
          externalLabels: { cluster: 'acme', environment: 'staging', region: 'eu-central-1' },
          scrapeClasses: [
            {
              default: true,
              relabelings: [
                { targetLabel: 'cluster', replacement: 'acme' },
                { targetLabel: 'environment', replacement: 'staging' },
              ],
            },
          ],
        },
      },
    });
  });

  test('take what agents push by OTLP', () => {
    expect(VALUES).toMatchObject({
      prometheus: {
        prometheusSpec: {
          enableOTLPReceiver: true,
          otlp: { translationStrategy: 'UnderscoreEscapingWithSuffixes' },
        },
      },
    });
  });

  test('open Grafana to nobody and let it read no Secret of others', () => {
    const { grafana } = VALUES as { grafana: Record<string, unknown> };
    expect(grafana).toMatchObject({
      'grafana.ini': { 'auth.anonymous': { enabled: false }, users: { allow_sign_up: false } },
      rbac: { namespaced: true },
      sidecar: {
        dashboards: { resource: 'configmap', searchNamespace: 'monitoring' },
        datasources: { resource: 'configmap', searchNamespace: 'monitoring' },
      },
    });
    expect(grafana).not.toHaveProperty('adminPassword');
  });

  test('let no exporter read Secrets', () => {
    expect(VALUES).toMatchObject({ 'kube-state-metrics': { collectorsExclude: ['secrets', 'configmaps'] } });
  });

  test('do not let the webhook of the operator stop a deployment', () => {
    expect(VALUES).toMatchObject({ prometheusOperator: { admissionWebhooks: { failurePolicy: 'Ignore' } } });
  });

  test('upgrade the custom resource definitions from a pinned image', () => {
    expect(VALUES).toMatchObject({
      crds: { upgradeJob: { enabled: true, forceConflicts: true, image: { busybox: { tag: '1.37.0' } } } },
    });
  });

  test('hold no secret', () => {
    expect(JSON.stringify(VALUES)).not.toMatch(/password|secretKey|token/i);
  });
});

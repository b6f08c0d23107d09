import { alertmanagerValues } from './alertmanager-values';
import { grafanaValues } from './grafana-values';
import type { MetricsOptions } from './metrics-options';
import { resources } from './pod-values';
import { prometheusValues } from './prometheus-values';

/** Names everything; the release bears the same, so that no part is named by a rule of its own. */
export const METRICS_RELEASE = 'monitoring';

const OFF = { enabled: false };

/** What AWS runs out of sight, or on the node itself: it cannot be scraped, and would count as down for ever. */
const ABSENT_IN_AUTO_MODE = {
  kubeEtcd: OFF,
  kubeScheduler: OFF,
  kubeControllerManager: OFF,
  kubeProxy: OFF,
  coreDns: OFF,
};

/** Groups that hold alerts. Ours take their place; those with recorded series stay, the dashboards need them. */
const FOREIGN_ALERTS = [
  'alertmanager',
  'configReloaders',
  'etcd',
  'general',
  'kubeApiserverSlos',
  'kubeControllerManager',
  'kubeProxy',
  'kubeSchedulerAlerting',
  'kubeSchedulerRecording',
  'kubeStateMetrics',
  'kubernetesApps',
  'kubernetesResources',
  'kubernetesStorage',
  'kubernetesSystem',
  'network',
  'nodeExporterAlerting',
  'prometheus',
  'prometheusOperator',
  'windows',
];

/** The values of kube-prometheus-stack for a cluster in EKS Auto Mode. They hold no secret: whoever installs logs them. */
export function chartValues(options: MetricsOptions): Record<string, unknown> {
  return {
    fullnameOverride: METRICS_RELEASE,
    cleanPrometheusOperatorObjectNames: true,
    ...ABSENT_IN_AUTO_MODE,
    windowsMonitoring: OFF,
    defaultRules: { rules: Object.fromEntries(FOREIGN_ALERTS.map((group) => [group, false])) },
    // Helm itself never upgrades CRDs
    crds: {
      upgradeJob: {
        enabled: true,
        forceConflicts: true,
        image: { busybox: { registry: 'public.ecr.aws', repository: 'docker/library/busybox', tag: '1.37.0' } },
      },
    },
    prometheusOperator: {
      resources: resources('50m', '128Mi', '256Mi'),
      // a webhook that is away must not stop a deployment
      admissionWebhooks: { failurePolicy: 'Ignore' },
    },
    prometheus: prometheusValues(options),
    alertmanager: alertmanagerValues(options),
    grafana: grafanaValues(options.namespace),
    'kube-state-metrics': {
      resources: resources('25m', '128Mi', '512Mi'),
      // what is in them is nobody's business here
      collectorsExclude: ['secrets', 'configmaps'],
    },
    'prometheus-node-exporter': {
      resources: resources('25m', '32Mi', '128Mi'),
      prometheus: {
        monitor: { relabelings: [{ sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' }] },
      },
    },
  };
}

import type { MetricsOptions } from './metrics-options';
import { replicas, resources, volumeClaim } from './pod-values';

/** The share of the volume that samples may take; the rest is for the write-ahead log and compaction. */
const SAMPLES_SHARE = 0.85;

/** Values for the Prometheus server. */
export function prometheusValues(options: MetricsOptions): Record<string, unknown> {
  const { clusterName, environmentName, region, highlyAvailable, storage, storageClass } = options;
  return {
    podDisruptionBudget: { enabled: highlyAvailable },
    prometheusSpec: {
      ...replicas(highlyAvailable, 2),
      resources: resources('500m', '2Gi', '4Gi'),
      retention: options.retention,
      // Prometheus counts in powers of two, whatever its unit says
      retentionSize: `${Math.floor(storage * SAMPLES_SHARE)}GB`,
      storageSpec: volumeClaim(storageClass, storage),
      maximumStartupDurationSeconds: 900,

      // otherwise only what carries the label of this release is found, and everything else is ignored silently
      ruleSelectorNilUsesHelmValues: false,
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,

      // the first for what leaves the cluster, the second for every series within
      externalLabels: { cluster: clusterName, environment: environmentName, region },
      scrapeClasses: [
        {
          name: 'platform',
          default: true,
          relabelings: [
            { targetLabel: 'cluster', replacement: clusterName },
            { targetLabel: 'environment', replacement: environmentName },
          ],
        },
      ],

      // agents push what they measure; their samples may come late
      enableOTLPReceiver: true,
      otlp: {
        translationStrategy: 'UnderscoreEscapingWithSuffixes',
        promoteResourceAttributes: [
          'service.name',
          'service.namespace',
          'deployment.environment.name',
          'k8s.namespace.name',
          'k8s.pod.name',
        ],
      },
      tsdb: { outOfOrderTimeWindow: '30m' },
    },
  };
}

import type { MetricsOptions } from './metrics-options';
import { replicas, resources, volumeClaim } from './pod-values';

/** In GiB; holds silences and what was already sent. */
const STORAGE = 5;

/** Values for Alertmanager. */
export function alertmanagerValues(options: MetricsOptions): Record<string, unknown> {
  const { highlyAvailable, storageClass } = options;
  return {
    podDisruptionBudget: { enabled: highlyAvailable },
    serviceAccount: { create: true, name: options.alertmanagerServiceAccount },
    config: options.alertRouting,
    alertmanagerSpec: {
      ...replicas(highlyAvailable, 3),
      resources: resources('25m', '64Mi', '256Mi'),
      retention: '120h',
      storage: volumeClaim(storageClass, STORAGE),
    },
  };
}

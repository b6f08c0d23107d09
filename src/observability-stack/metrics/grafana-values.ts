import { resources } from './pod-values';

/**
 * Values for Grafana.
 *
 * No password is given. The chart makes a random one on the cluster when it is installed first, keeps it in the Secret
 * of the release, and finds it there again at each upgrade; so it is in no template and in no log.
 */
export function grafanaValues(namespace: string): Record<string, unknown> {
  return {
    assertNoLeakedSecrets: true,
    testFramework: { enabled: false },
    // all state comes from ConfigMaps
    persistence: { enabled: false },
    resources: resources('100m', '256Mi', '512Mi'),
    'grafana.ini': {
      'auth.anonymous': { enabled: false },
      users: { allow_sign_up: false },
      security: { disable_gravatar: true, cookie_samesite: 'strict' },
      analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false },
    },
    // the sidecars would otherwise read every Secret of the cluster
    rbac: { namespaced: true },
    sidecar: {
      dashboards: {
        enabled: true,
        resource: 'configmap',
        label: 'grafana_dashboard',
        labelValue: '1',
        searchNamespace: namespace,
        folderAnnotation: 'grafana_folder',
        provider: { allowUiUpdates: false, foldersFromFilesStructure: true },
        multicluster: { global: { enabled: true } },
      },
      datasources: { resource: 'configmap', searchNamespace: namespace },
    },
  };
}

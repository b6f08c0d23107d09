/** A published Helm chart that we install. */
export interface ChartVersion {
  readonly chart: string;
  readonly repository: string;
  readonly version: string;
}

/** Every version that we install, in one place. Nothing is looked up at synthesis. */
export const VERSIONS = {
  /** In standard support longest of those with a kubectl layer (calendar of Amazon EKS, November 2026). */
  kubernetes: '1.36',
  kubePrometheusStack: {
    chart: 'kube-prometheus-stack',
    repository: 'https://prometheus-community.github.io/helm-charts',
    version: '88.5.3',
  },
} as const satisfies Record<string, string | ChartVersion>;

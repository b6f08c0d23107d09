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
  /** What installs charts, see `KubectlV36Layer`. */
  kubectl: '1.36',
  kubePrometheusStack: {
    chart: 'kube-prometheus-stack',
    repository: 'https://prometheus-community.github.io/helm-charts',
    version: '88.5.3',
  },
} as const satisfies Record<string, string | ChartVersion>;

/**
 * The Kubernetes versions that we install on, by the calendar of Amazon EKS as this release knows it.
 *
 * There is no clock at synthesis: a version is past its support when it was on the day of the calendar.
 */
export const KUBERNETES_CALENDAR = {
  asOf: '2026-11-22',
  /** The day on which standard support ends, or nothing for a version whose day this release does not know. */
  standardSupportEnds: new Map([
    ['1.33', '2026-07-29'],
    ['1.34', '2026-12-02'],
    ['1.35', '2027-03-27'],
    ['1.36', undefined],
  ]),
} as const;

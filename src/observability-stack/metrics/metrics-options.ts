/** What the metrics stack of a cluster is made for. */
export interface MetricsOptions {
  /** The namespace that holds all of it. */
  readonly namespace: string;
  /** Tells this cluster's series and alerts from others. */
  readonly clusterName: string;
  readonly environmentName: string;
  readonly region: string;
  /** How long samples are kept, in the notation of Prometheus. */
  readonly retention: string;
  /** The size of each volume for samples, in GiB. */
  readonly storage: number;
  readonly storageClass: string;
  /** Survive the loss of a zone. */
  readonly highlyAvailable: boolean;
  /** The configuration of Alertmanager. */
  readonly alertRouting: Record<string, unknown>;
  /** The service account that Alertmanager runs as. */
  readonly alertmanagerServiceAccount: string;
}

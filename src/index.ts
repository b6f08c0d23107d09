export { AgenticPlatform, type AgenticPlatformProps } from './agentic-platform/agentic-platform';
export { EnvironmentStack, type EnvironmentStackProps } from './agentic-platform/environment-stack';
export { PlatformEnvironment, type PlatformEnvironmentOptions } from './agentic-platform/platform-environment';
export type { ClusterAccessOptions } from './cluster/cluster-access';
export { ClusterRole } from './cluster/cluster-role';
export { NamespaceQuota, type NamespaceQuotaOptions } from './cluster/namespace-quota';
export { type AddWorkloadOptions, PlatformCluster, type PlatformClusterProps } from './cluster/platform-cluster';
export { Workload, type WorkloadProps } from './cluster/workload';
export { DeliveryPipeline, type DeliveryPipelineProps } from './delivery-pipeline/delivery-pipeline';
export type { DeliveryService } from './delivery-pipeline/delivery-service';
export type { DeliveryTarget } from './delivery-pipeline/delivery-target';
export { type GitHubSourceOptions, SourceRepository } from './delivery-pipeline/source-repository';
export { Requirement } from './evidence/requirement';
export { Endpoints } from './network/endpoints';
export { EnvironmentNetwork, type OwnNetworkOptions } from './network/environment-network';
export {
  NetworkTopology,
  type PerEnvironmentNetworkOptions,
  type SharedNetworkOptions,
} from './network/network-topology';
export { type IPlatformNetwork, PlatformNetwork, type PlatformNetworkProps } from './network/platform-network';
export { NotificationChannel } from './observability-stack/notifications/notification-channel';
export { ObservabilityStack, type ObservabilityStackProps } from './observability-stack/observability-stack';
export { BackupPolicy, type DailyBackupOptions } from './secure-database/backup-policy';
export type { IDatabaseStore } from './secure-database/database-store';
export { type DocumentDbOptions, DocumentEngine } from './secure-database/document-engine';
export { PostgresVersion } from './secure-database/postgres-version';
export { type PostgresOptions, RelationalEngine } from './secure-database/relational-engine';
export { SecureDatabase, type SecureDatabaseProps } from './secure-database/secure-database';

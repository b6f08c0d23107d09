import { Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { PlatformCluster } from '../cluster/platform-cluster';
import { EnvironmentNetwork } from '../network/environment-network';
import { type IPlatformNetwork, PlatformNetwork } from '../network/platform-network';
import type { NotificationChannel } from '../observability-stack/notifications/notification-channel';
import { NotificationTopic } from '../observability-stack/notifications/notification-topic';
import { BackupPolicy } from '../secure-database/backup-policy';
import { SecureDatabase } from '../secure-database/secure-database';
import { CustomerKey } from '../security/customer-key';
import type { PlatformEnvironment } from './platform-environment';

/** The properties of an `EnvironmentStack`. */
export interface EnvironmentStackProps extends StackProps {
  /** Which environment it is. */
  readonly environment: PlatformEnvironment;

  /** The name of its cluster in AWS. */
  readonly clusterName: string;

  /**
   * Where its cluster and its databases stand.
   *
   * @default - a VPC of its own with the range of the environment, or `10.0.0.0/16`
   */
  readonly network?: EnvironmentNetwork;

  /**
   * The namespaces for workloads.
   *
   * @default ['agents']
   */
  readonly namespaces?: string[];

  /**
   * Who hears of alarms and deployments.
   *
   * @default - nobody
   */
  readonly notify?: NotificationChannel[];
}

/**
 * One environment: network, cluster and databases under one key, in one stack, so that they refer to each other without
 * exports.
 */
export class EnvironmentStack extends Stack {
  /** Which environment it is. */
  public readonly platformEnvironment: PlatformEnvironment;
  /** The customer-managed key of everything in the environment. */
  public readonly encryptionKey: kms.IKey;
  /** The network. */
  public readonly network: IPlatformNetwork;
  /** The cluster. */
  public readonly cluster: PlatformCluster;
  /** The databases. */
  public readonly database: SecureDatabase;
  /** Where deployments are announced; the addresses to notify are subscribed to it. */
  public readonly topic: sns.ITopic;
  /** Where alarms go: the topic, and those that were given. */
  public readonly notify: NotificationChannel[];

  /**
   * Defines the environment.
   *
   * @param scope the parent
   * @param id the id within the parent
   * @param props which environment it is, where it stands and the name of its cluster
   * @throws if a part refuses its properties, for instance a range that is too small
   */
  public constructor(scope: Construct, id: string, props: EnvironmentStackProps) {
    super(scope, id, props);
    const { environment, notify = [] } = props;
    const { highlyAvailable, deletionProtection, logRetention } = environment;
    this.platformEnvironment = environment;
    Tags.of(this).add('environment', environment.name);

    this.encryptionKey = CustomerKey.orNew(this, 'Key', undefined, `Everything in ${props.clusterName}`);
    const encryption = { encryptionKey: this.encryptionKey };
    const network = props.network ?? EnvironmentNetwork.own({ cidr: environment.cidr });
    this.network = network._define(this, { ...encryption, natGateways: environment.natGateways, logRetention });
    this.cluster = new PlatformCluster(this, 'Cluster', {
      ...encryption,
      vpc: this.network.vpc,
      clusterName: props.clusterName,
      namespaces: props.namespaces,
      logRetention,
      deletionProtection,
      zonalShift: highlyAvailable,
      imagesByDigest: environment.imagesByDigest,
    });
    this.database = new SecureDatabase(this, 'Database', {
      backup: BackupPolicy.daily({ lockVault: deletionProtection }),
      logRetention,
      ...encryption,
      vpc: this.network.vpc,
      highlyAvailable,
      deletionProtection,
      removalPolicy: environment.removalPolicy,
    });
    const notifications = new NotificationTopic(this, 'Notifications', { ...encryption, channels: notify });
    this.topic = notifications.topic;
    this.notify = notifications.channels;
  }

  /** The first three zones of the region, as they are called at deployment: nothing is looked up. */
  public get availabilityZones(): string[] {
    return PlatformNetwork.availabilityZones();
  }
}

import { Annotations, Duration, Size, Stack, type StackProps } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { assertDnsLabel } from '../cluster/dns-label';
import { STORAGE_CLASS } from '../cluster/storage-class';
import { ServiceRange } from '../network/service-range';
import { alertRouting } from './alerts/alert-routing';
import { AlertRules } from './alerts/alert-rules';
import { ESSENTIAL_ALERTS } from './alerts/essential-alerts';
import { MetricsRelease } from './metrics/metrics-release';
import { retentionOf, storageOf } from './metrics/metrics-storage';
import { MonitoringNamespace } from './monitoring-namespace';
import { AlertmanagerIdentity } from './notifications/alertmanager-identity';
import type { NotificationChannel } from './notifications/notification-channel';
import { NotificationTopic } from './notifications/notification-topic';
import { vpcRangesOf } from './vpc-ranges';

const NAMESPACE = 'monitoring';
const ALERTMANAGER = 'alertmanager';

/** The properties of an `ObservabilityStack`. */
export interface ObservabilityStackProps extends StackProps {
  /**
   * The cluster that is watched, with a kubectl provider; when imported, with the provider's role too. Unless it is in
   * Auto Mode, it needs the add-on `eks-pod-identity-agent`.
   */
  readonly cluster: eks.ICluster;

  /**
   * Names the environment in series, alerts and messages; a DNS label.
   *
   * @default - the id of the stack in lower case
   */
  readonly environmentName?: string;

  /**
   * Who hears of alerts.
   *
   * @default - nobody: alerts are shown in Alertmanager only, and synth warns of it
   */
  readonly notify?: NotificationChannel[];

  /**
   * Survive the loss of a zone: two Prometheus servers and three Alertmanagers, each in a zone of its own.
   *
   * @default false
   */
  readonly highlyAvailable?: boolean;

  /**
   * How long metrics are kept, at least a day. What does not fit into `storage` is dropped earlier, oldest first.
   *
   * @default Duration.days(15)
   */
  readonly metricsRetention?: Duration;

  /**
   * The volume for metrics, of each Prometheus server, at least 5 GiB.
   *
   * @default Size.gibibytes(50)
   */
  readonly storage?: Size;

  /**
   * The Kubernetes storage class of the volumes; it should encrypt them.
   *
   * @default 'platform', which every `PlatformCluster` has
   */
  readonly storageClass?: string;

  /**
   * The IPv4 ranges of the VPC, where nodes and the control plane stand; network policies are opened for them.
   *
   * @default - the range of the cluster's VPC; without a secondary one
   */
  readonly vpcCidrs?: string[];

  /**
   * The IPv4 range of the cluster's services, literal. Network policies are opened for two addresses in it: DNS and the
   * Kubernetes API.
   *
   * @default '172.20.0.0/16', that of every `PlatformCluster` and of EKS itself in a VPC within 10.0.0.0/8
   */
  readonly serviceIpv4Cidr?: string;

  /**
   * The key that encrypts messages on their way to people.
   *
   * @default - a new customer-managed key, rotated every year, if there are addresses to notify
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * Metrics, dashboards and alerts for one cluster.
 *
 * Prometheus, Alertmanager and Grafana run in the namespace `monitoring`, which the stack creates and which network
 * policies close but for what they need. Metrics are kept on volumes. A small set of alerts comes with it: each asks
 * somebody to do something, and says what it means, what it harms and what to do first. Alertmanager publishes them to
 * SNS by the role of its pods; no secret is stored. Grafana has no anonymous access; the password of its user `admin` is
 * made on the cluster and found there in the Secret `monitoring-grafana`.
 *
 * The stack depends on that of the cluster, never the other way round.
 *
 * @example
 * new ObservabilityStack(app, 'Observability', {
 *   cluster,
 *   environmentName: 'staging',
 *   notify: [NotificationChannel.email('platform@acme.example')],
 *   highlyAvailable: true,
 *   metricsRetention: Duration.days(30),
 * });
 */
export class ObservabilityStack extends Stack {
  /** Names the environment in series, alerts and messages. */
  public readonly environmentName: string;
  /** What alerts are published to. */
  public readonly alertTopics: sns.ITopic[];

  /**
   * Defines the monitoring of a cluster.
   *
   * @param scope the app or stage
   * @param id the id within it
   * @param props the cluster, and who hears of alerts
   * @throws if the cluster has no kubectl provider, or its VPC is not known and no `vpcCidrs` are given
   * @throws if a name, a range, the retention or the storage breaks its rule
   */
  public constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    const { cluster, highlyAvailable = false, storageClass = STORAGE_CLASS } = props;
    if (props.environmentName !== undefined) {
      assertDnsLabel('environmentName', props.environmentName);
    }
    this.environmentName = props.environmentName ?? id.toLowerCase();
    this.alertTopics = this.topicsOf(props.notify ?? [], props.encryptionKey);

    const namespace = new MonitoringNamespace(this, 'Namespace', {
      cluster,
      name: NAMESPACE,
      vpcCidrs: vpcRangesOf(cluster, props.vpcCidrs),
      services: new ServiceRange(props.serviceIpv4Cidr),
    });
    const metrics = new MetricsRelease(this, 'Metrics', {
      cluster,
      namespace: NAMESPACE,
      clusterName: cluster.clusterName,
      environmentName: this.environmentName,
      region: this.region,
      retention: retentionOf(props.metricsRetention ?? Duration.days(15)),
      storage: storageOf(props.storage ?? Size.gibibytes(50)),
      storageClass,
      highlyAvailable,
      alertRouting: alertRouting(
        ESSENTIAL_ALERTS,
        this.alertTopics.map((topic) => ({ arn: topic.topicArn, region: topic.env.region })),
      ),
      alertmanagerServiceAccount: ALERTMANAGER,
    });
    metrics.node.addDependency(namespace);
    if (this.alertTopics.length > 0) {
      // pods get their role when they start
      metrics.node.addDependency(
        new AlertmanagerIdentity(this, 'Alertmanager', {
          cluster,
          namespace: NAMESPACE,
          serviceAccount: ALERTMANAGER,
          topics: this.alertTopics,
        }),
      );
    }
    const alerts = new AlertRules(this, 'Alerts', { cluster, namespace: NAMESPACE, groups: ESSENTIAL_ALERTS });
    alerts.node.addDependency(metrics);
  }

  private topicsOf(notify: NotificationChannel[], encryptionKey?: kms.IKey): sns.ITopic[] {
    const channels = notify.some(({ _address }) => _address !== undefined)
      ? new NotificationTopic(this, 'Notifications', { channels: notify, encryptionKey }).channels
      : notify;
    if (channels.length === 0) {
      Annotations.of(this).addWarningV2(
        'cdk-agentic-platform:ObservabilityStack.nobodyNotified',
        "alerts are shown in Alertmanager only, give 'notify' to hear of them",
      );
    }
    return [...new Set(channels.flatMap(({ _topic }) => _topic ?? []))];
  }
}

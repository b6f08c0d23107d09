import { Names, Token, Validations } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';
import { ServiceRange } from '../network/service-range';
import { acknowledge, managedPolicy } from '../security/acknowledge';
import { CustomerKey } from '../security/customer-key';
import { AutoModeNodes } from './auto-mode-nodes';
import { ClusterAccess, type ClusterAccessGrant, type ClusterAccessOptions } from './cluster-access';
import { ClusterCharts } from './cluster-charts';
import type { ClusterRole } from './cluster-role';
import { acknowledgeKubectlFindings } from './kubectl-findings';
import { checkKubernetesVersion } from './kubernetes-version-check';
import type { NamespaceQuota } from './namespace-quota';
import { ServiceAccounts } from './service-accounts';
import { VERSIONS } from './versions';
import { Workload } from './workload';
import { WorkloadNamespaces } from './workload-namespaces';

/** What the construct of the AWS CDK gives to the role of a cluster in Auto Mode. */
const CLUSTER_POLICIES = [
  'AmazonEKSClusterPolicy',
  'AmazonEKSComputePolicy',
  'AmazonEKSBlockStoragePolicy',
  'AmazonEKSLoadBalancingPolicy',
  'AmazonEKSNetworkingPolicy',
];

/** The properties of a `PlatformCluster`. */
export interface PlatformClusterProps {
  /** The VPC; its private subnets hold the control plane's interfaces, the nodes and the pods. */
  readonly vpc: ec2.IVpc;

  /**
   * The name of the cluster in AWS. Pipelines name it, so it is always literal.
   *
   * @default - made from the path of the construct
   */
  readonly clusterName?: string;

  /**
   * The Kubernetes version, 1.33 to 1.36. One past its standard support, or too old for the kubectl that installs the
   * charts, is warned about.
   *
   * @default KubernetesVersion.V1_36
   */
  readonly version?: eks.KubernetesVersion;

  /**
   * Namespaces for workloads: Pod Security "restricted", nothing in or out but DNS and their own pods, no image without
   * a tag or with the tag `latest`, no token of the default service account.
   *
   * @default ['agents']
   */
  readonly namespaces?: string[];

  /**
   * What the pods of a namespace may use, by the name of the namespace.
   *
   * @default - `NamespaceQuota.of()` for each
   */
  readonly quotas?: { [namespace: string]: NamespaceQuota };

  /**
   * Accept images in the namespaces only by their digest. Otherwise any tag but `latest` will do as well.
   *
   * @default false
   */
  readonly imagesByDigest?: boolean;

  /**
   * The key for Kubernetes secrets, volumes and logs. It cannot change later without replacing the cluster.
   *
   * @default - a new customer-managed key, rotated every year
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long control-plane logs are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Refuse to delete the cluster until this is switched off again.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;

  /**
   * Let AWS shift traffic away from an impaired zone.
   *
   * @default false
   */
  readonly zonalShift?: boolean;
}

/** Options of `PlatformCluster.addWorkload`. */
export interface AddWorkloadOptions {
  /**
   * The namespace in which it runs.
   *
   * @default - the first of the cluster's namespaces
   */
  readonly namespace?: string;
}

/**
 * An EKS cluster in Auto Mode that only its own VPC and its access entries reach.
 *
 * The API endpoint is private, every control-plane log is kept under a customer key, and Kubernetes secrets and volumes
 * are encrypted with it. Nodes stand in private subnets. The network policy controller is switched on, so that the
 * default-deny policies of the namespaces are enforced.
 *
 * @example
 * const platform = new PlatformCluster(this, 'Cluster', { vpc, namespaces: ['agents', 'tools'] });
 * new CfnOutput(this, 'ClusterName', { value: platform.clusterName });
 */
export class PlatformCluster extends Construct {
  /** The cluster. */
  public readonly cluster: eks.Cluster;
  /** The name of the cluster, literal unless a token was given. */
  public readonly clusterName: string;
  /** The key that encrypts secrets, volumes and logs. */
  public readonly encryptionKey: kms.IKey;

  private readonly workloadNamespaces: WorkloadNamespaces;
  private readonly access: ClusterAccess;
  private readonly workloads: Construct;

  /**
   * Defines the cluster, its nodes and its namespaces.
   *
   * @param scope the parent
   * @param id the id within the parent
   * @param props where the cluster stands and how it is protected
   * @throws if the VPC has no private subnets, if the name is no EKS cluster name, if the version is none that this
   * release installs on, if a namespace is no DNS label, belongs to Kubernetes or is named twice, or if a quota is for no
   * namespace
   */
  public constructor(scope: Construct, id: string, props: PlatformClusterProps) {
    super(scope, id);
    const { vpc, version = eks.KubernetesVersion.of(VERSIONS.kubernetes) } = props;
    const { namespaces = ['agents'], quotas, imagesByDigest } = props;
    this.clusterName = props.clusterName ?? Names.uniqueResourceName(this, { maxLength: 63, separator: '-' });
    if (!Token.isUnresolved(this.clusterName) && !/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(this.clusterName)) {
      throw new Error(
        `'clusterName' must be letters, digits, hyphens and underscores, at most 100, got '${this.clusterName}'`,
      );
    }
    if (vpc.privateSubnets.length === 0) {
      throw new Error("'vpc' must have private subnets for the nodes, got none");
    }
    checkKubernetesVersion(this, version.version);
    this.workloadNamespaces = new WorkloadNamespaces({ names: namespaces, quotas, imagesByDigest });

    this.encryptionKey = CustomerKey.orNew(this, 'Key', props.encryptionKey, `EKS cluster ${this.clusterName}`);
    const logGroup = this.controlPlaneLogs(props.logRetention ?? logs.RetentionDays.ONE_MONTH);
    this.cluster = this.controlPlane(vpc, version);
    this.cluster.node.addDependency(logGroup);
    this.protect(props);
    this.access = new ClusterAccess(this, 'Access', { cluster: this.cluster, namespaces: this.workloadNamespaces });
    this.workloads = new Construct(this, 'Workloads');

    ClusterCharts.of(this.cluster, this.clusterName);
    const nodes = new AutoModeNodes(this, 'Nodes', { cluster: this.cluster, encryptionKey: this.encryptionKey });
    const namespacesChart = this.workloadNamespaces.install(this, 'Namespaces', this.cluster, version.version);
    namespacesChart.node.addDependency(nodes);
    ServiceAccounts.of(this.cluster).after(namespacesChart);
  }

  /**
   * Lets people or a pipeline use the Kubernetes API, by an access entry, and find its endpoint.
   *
   * Grants to one role add up. Roles that nobody may change, as those of IAM Identity Center, must be allowed
   * `eks:DescribeCluster` where they are made.
   *
   * @param principal the role that people or a pipeline assume; import one that exists with `iam.Role.fromRoleArn`
   * @param role what it may do
   * @param options where it may do that
   * @throws if a namespace is none of the cluster's workload namespaces, if there is none, if a cluster administrator
   * is limited to namespaces, or if the principal is a session instead of a role
   */
  public grantAccess(principal: iam.IRole, role: ClusterRole, options: ClusterAccessOptions = {}): void {
    this.access.grant(principal, role, options.namespaces);
  }

  /**
   * Gives a program on the cluster an identity: a service account in Kubernetes and a role in AWS that grants take.
   *
   * @param name the name of the workload and of its service account, unique in its namespace
   * @param options where it runs
   * @returns who it is
   * @throws if the name is no DNS label, `default` or taken, or if the cluster does not have the namespace
   */
  public addWorkload(name: string, options: AddWorkloadOptions = {}): Workload {
    const { namespace = this.workloadNamespaces.first } = options;
    this.workloadNamespaces.assertHas('namespace', namespace);
    ServiceAccounts.of(this.cluster).assertFree({ name, namespace });
    return new Workload(this.workloads, `${namespace}.${name}`, { cluster: this.cluster, namespace, name });
  }

  /**
   * Who was granted what.
   *
   * @internal
   */
  public get _accessGrants(): readonly ClusterAccessGrant[] {
    return this.access.grants;
  }

  private controlPlane(vpc: ec2.IVpc, version: eks.KubernetesVersion): eks.Cluster {
    const { KubectlV36Layer } =
      require('@aws-cdk/lambda-layer-kubectl-v36') as typeof import('@aws-cdk/lambda-layer-kubectl-v36');
    return new eks.Cluster(this, 'Resource', {
      clusterName: this.clusterName,
      version,
      vpc,
      vpcSubnets: [{ subnets: vpc.privateSubnets }],
      serviceIpv4Cidr: ServiceRange.DEFAULT,
      endpointAccess: eks.EndpointAccess.PRIVATE,
      secretsEncryptionKey: this.encryptionKey,
      clusterLogging: Object.values(eks.ClusterLoggingTypes),
      // nodes are ours, see AutoModeNodes
      compute: { nodePools: [] },
      // Auto Mode runs network, DNS and storage itself; changing this later replaces the cluster
      bootstrapSelfManagedAddons: false,
      // whoever deploys is no administrator for that
      bootstrapClusterCreatorAdminPermissions: false,
      kubectlProviderOptions: { kubectlLayer: new KubectlV36Layer(this, 'KubectlLayer') },
    });
  }

  private controlPlaneLogs(retention: logs.RetentionDays): logs.LogGroup {
    const logGroupName = `/aws/eks/${this.clusterName}/cluster`;
    CustomerKey.allowLogs(this.encryptionKey, this, logGroupName);
    // EKS would create it without a key and without an end
    return new logs.LogGroup(this, 'LogGroup', {
      logGroupName,
      encryptionKey: this.encryptionKey,
      retention,
    });
  }

  private protect(props: PlatformClusterProps): void {
    const resource = this.cluster.node.defaultChild as CfnCluster;
    resource.upgradePolicy = { supportType: 'STANDARD' };
    resource.deletionProtection = props.deletionProtection ?? false;
    resource.zonalShiftConfig = { enabled: props.zonalShift ?? false };

    Validations.of(resource).acknowledge({
      id: 'CloudFormation-Validate::W9009',
      reason: 'EncryptionConfig.Resources is required by the CDK construct and still honoured by EKS',
    });
    acknowledge(this.cluster, 'EKS requires its own policies for Auto Mode', ...CLUSTER_POLICIES.map(managedPolicy));
    acknowledgeKubectlFindings(this.cluster);
    Evidence.of(this).claim(
      Requirement.IL_SEC_001,
      this,
      new ResourceCheck(
        'the Kubernetes API has no public endpoint',
        resource,
        ['ResourcesVpcConfig', 'EndpointPublicAccess'],
        Expectation.equals(false),
      ),
      new ResourceCheck(
        'access to the Kubernetes API is by access entries only',
        resource,
        ['AccessConfig', 'AuthenticationMode'],
        Expectation.equals('API'),
      ),
      new ResourceCheck(
        'who creates the cluster does not become its administrator',
        resource,
        ['AccessConfig', 'BootstrapClusterCreatorAdminPermissions'],
        Expectation.equals(false),
      ),
      new ResourceCheck(
        'every control-plane log is kept',
        resource,
        ['Logging', 'ClusterLogging', 'EnabledTypes'],
        Expectation.includes(...Object.values(eks.ClusterLoggingTypes).map((type) => ({ Type: type }))),
      ),
    );
    Evidence.of(this).claim(
      Requirement.DL_ENC_001,
      this,
      new ResourceCheck(
        'Kubernetes secrets are encrypted with a customer key',
        resource,
        ['EncryptionConfig', '0', 'Provider', 'KeyArn'],
        Expectation.present(),
      ),
    );
  }
}

import { Duration } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { ManifestCheck } from '../evidence/manifest-check';
import { Requirement } from '../evidence/requirement';
import { acknowledge, managedPolicy } from '../security/acknowledge';
import { ClusterCharts } from './cluster-charts';
import { HelmValue } from './helm-value';

export interface AutoModeNodesProps {
  readonly cluster: eks.Cluster;
  readonly encryptionKey: kms.IKey;
}

/** What EBS does with the key of a volume, spelt out since a wildcard would hide what is added to KMS later. */
const VOLUME_ACTIONS = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:DescribeKey',
];

/** What a node needs at least, maintained by AWS. */
const NODE_POLICIES = ['AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEC2ContainerRegistryPullOnly'];

/**
 * Nodes for a cluster in Auto Mode.
 *
 * The pools that EKS brings cannot be given a key or a network policy, so the cluster starts without them and these take
 * their place.
 */
export class AutoModeNodes extends Construct {
  public constructor(scope: Construct, id: string, props: AutoModeNodesProps) {
    super(scope, id);
    const { cluster, encryptionKey } = props;

    const role = new iam.Role(this, 'Role', {
      description: `Nodes of ${cluster.node.path}`,
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: NODE_POLICIES.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    acknowledge(role, 'AWS keeps the rights of nodes in step with EKS', ...NODE_POLICIES.map(managedPolicy));
    const access = new eks.AccessEntry(this, 'Access', {
      cluster,
      principal: role.roleArn,
      accessEntryType: eks.AccessEntryType.EC2,
      accessPolicies: [
        eks.AccessPolicy.fromAccessPolicyName('AmazonEKSAutoNodePolicy', {
          accessScopeType: eks.AccessScopeType.CLUSTER,
        }),
      ],
    });
    this.allowVolumes(cluster, encryptionKey);

    const nodeRole = HelmValue.string('nodeRole', { description: 'IAM role of the nodes', value: role.roleName });
    const keyArn = HelmValue.string('keyArn', { description: 'Key of all volumes', value: encryptionKey.keyArn });
    const securityGroupId = HelmValue.string('securityGroupId', {
      description: 'Security group of the nodes',
      value: cluster.clusterSecurityGroupId,
    });
    const subnetIds = cluster.vpc.privateSubnets.map((subnet, index) =>
      HelmValue.string(`subnetId${index + 1}`, { description: 'Private subnet of the nodes', value: subnet.subnetId }),
    );
    const chart = ClusterCharts.of(cluster).install(this, 'Pools', {
      release: 'node-pools',
      description: 'Nodes, storage and the network policy controller of EKS Auto Mode',
      namespace: 'kube-system',
      timeout: Duration.minutes(5),
      values: [nodeRole, securityGroupId, keyArn, ...subnetIds],
      chart: (app, chartId) => {
        const { NodePoolsChart } = require('./node-pools-chart') as typeof import('./node-pools-chart');
        return new NodePoolsChart(app, chartId, {
          nodeRole: nodeRole.placeholder,
          securityGroupId: securityGroupId.placeholder,
          keyArn: keyArn.placeholder,
          subnetIds: subnetIds.map((subnetId) => subnetId.placeholder),
        });
      },
    });
    chart.node.addDependency(access);
    Evidence.of(this).claim(
      Requirement.IL_SEC_001,
      this,
      new ManifestCheck(
        'network policies are enforced on the nodes',
        chart.fileOf('ConfigMap', 'amazon-vpc-cni', 'kube-system'),
        ['data', 'enable-network-policy-controller'],
        Expectation.equals('true'),
      ),
    );
    Evidence.of(this).claim(
      Requirement.DL_ENC_001,
      this,
      new ManifestCheck(
        'volumes of nodes are encrypted with a customer key',
        chart.fileOf('NodeClass', 'platform'),
        ['spec', 'ephemeralStorage', 'kmsKeyID'],
        Expectation.equals(keyArn.placeholder),
      ),
      new ManifestCheck(
        'volumes of pods are encrypted',
        chart.fileOf('StorageClass', 'platform'),
        ['parameters', 'encrypted'],
        Expectation.equals('true'),
      ),
    );
  }

  /** Auto Mode makes the volumes of nodes and pods with the role of the cluster. */
  private allowVolumes(cluster: eks.Cluster, key: kms.IKey): void {
    key.grant(cluster.role, ...VOLUME_ACTIONS);
    cluster.role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['kms:CreateGrant'],
        resources: [key.keyArn],
        conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      }),
    );
  }
}

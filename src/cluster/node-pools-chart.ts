import { ApiObject, type App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { STORAGE_CLASS } from './storage-class';

/** What the nodes are made of. */
export interface NodePoolsChartProps {
  /** The name of the IAM role of the nodes. */
  readonly nodeRole: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** The ARN of the key that encrypts the volumes of nodes and pods. */
  readonly keyArn: string;
}

const NODE_CLASS = 'platform';

/**
 * The nodes of an Auto Mode cluster: their class and pool, storage for pods, and the switch that makes the network
 * policy controller of Auto Mode enforce anything at all.
 */
export class NodePoolsChart extends Chart {
  public constructor(
    scope: App,
    id: string,
    private readonly props: NodePoolsChartProps,
  ) {
    super(scope, id);
    this.addNodeClass();
    this.addNodePool();
    this.addStorageClass();

    new k8s.KubeConfigMap(this, 'NetworkPolicyController', {
      metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system' },
      data: { 'enable-network-policy-controller': 'true' },
    });
  }

  private addNodeClass(): void {
    const { nodeRole, subnetIds, securityGroupId, keyArn } = this.props;
    new ApiObject(this, 'NodeClass', {
      apiVersion: 'eks.amazonaws.com/v1',
      kind: 'NodeClass',
      metadata: { name: NODE_CLASS },
      spec: {
        role: nodeRole,
        subnetSelectorTerms: subnetIds.map((subnetId) => ({ id: subnetId })),
        securityGroupSelectorTerms: [{ id: securityGroupId }],
        ephemeralStorage: { size: '80Gi', kmsKeyID: keyArn },
        // the policies of each namespace decide; those of kube-system are not ours
        networkPolicy: 'DefaultAllow',
        networkPolicyEventLogs: 'Enabled',
      },
    });
  }

  private addNodePool(): void {
    new ApiObject(this, 'NodePool', {
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: { name: 'platform' },
      spec: {
        template: {
          spec: {
            nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name: NODE_CLASS },
            requirements: [
              { key: 'eks.amazonaws.com/instance-category', operator: 'In', values: ['c', 'm', 'r'] },
              { key: 'eks.amazonaws.com/instance-generation', operator: 'Gt', values: ['4'] },
              { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
              { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
              { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
            ],
            expireAfter: '336h',
            terminationGracePeriod: '24h',
          },
        },
        disruption: {
          consolidationPolicy: 'WhenEmptyOrUnderutilized',
          consolidateAfter: '5m',
          budgets: [{ nodes: '10%' }],
        },
        limits: { cpu: '64', memory: '256Gi' },
      },
    });
  }

  private addStorageClass(): void {
    new k8s.KubeStorageClass(this, 'StorageClass', {
      metadata: { name: STORAGE_CLASS, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'ebs.csi.eks.amazonaws.com',
      // a volume is made in the zone in which its pod is scheduled
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
      parameters: { type: 'gp3', encrypted: 'true', kmsKeyId: this.props.keyArn },
    });
  }
}

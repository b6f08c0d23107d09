import { Testing } from 'cdk8s';
import { expect, test } from 'vitest';
import { NodePoolsChart } from '../../src/cluster/node-pools-chart';

const objects = Testing.synth(
  new NodePoolsChart(Testing.app(), 'Nodes', {
    nodeRole: 'node-role',
    subnetIds: ['subnet-1', 'subnet-2'],
    securityGroupId: 'sg-1',
    keyArn: 'arn:key',
  }),
);
const find = (kind: string) => objects.find((object) => object.kind === kind);

test('nodes stand in the given subnets, with an encrypted disk', () => {
  expect(find('NodeClass')?.spec).toMatchObject({
    role: 'node-role',
    subnetSelectorTerms: [{ id: 'subnet-1' }, { id: 'subnet-2' }],
    securityGroupSelectorTerms: [{ id: 'sg-1' }],
    ephemeralStorage: { kmsKeyID: 'arn:key' },
  });
});

test('the pool uses the class, has limits, and replaces nodes after two weeks', () => {
  expect(find('NodePool')?.spec).toMatchObject({
    template: {
      spec: { nodeClassRef: { kind: 'NodeClass', name: find('NodeClass')?.metadata.name }, expireAfter: '336h' },
    },
    limits: { cpu: '64', memory: '256Gi' },
  });
});

test('volumes of pods are encrypted, in the zone of their pod, by default', () => {
  expect(find('StorageClass')).toMatchObject({
    metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'ebs.csi.eks.amazonaws.com',
    volumeBindingMode: 'WaitForFirstConsumer',
    parameters: { encrypted: 'true', kmsKeyId: 'arn:key' },
  });
});

test('the network policy controller is on', () => {
  expect(find('ConfigMap')).toMatchObject({
    metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system' },
    data: { 'enable-network-policy-controller': 'true' },
  });
  expect(find('NodeClass')?.spec.networkPolicy).toBe('DefaultAllow');
});

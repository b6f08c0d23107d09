import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { PlatformCluster, type PlatformClusterProps } from '../../src/cluster/platform-cluster';

function define(props: Partial<PlatformClusterProps> = {}): PlatformCluster {
  const stack = new Stack(new App(), 'Stack');
  const vpc = props.vpc ?? new ec2.Vpc(stack, 'Vpc');
  return new PlatformCluster(stack, 'Cluster', { vpc, ...props });
}

describe('by default', () => {
  const platform = define();
  const template = Template.fromStack(Stack.of(platform));

  test('is Kubernetes 1.36 in Auto Mode, without the pools of EKS', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      Version: '1.36',
      ComputeConfig: { Enabled: true, NodePools: [], NodeRoleArn: Match.absent() },
      StorageConfig: { BlockStorage: { Enabled: true } },
      BootstrapSelfManagedAddons: false,
      UpgradePolicy: { SupportType: 'STANDARD' },
    });
  });

  test('has a private endpoint only, in private subnets', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: {
        EndpointPrivateAccess: true,
        EndpointPublicAccess: false,
        SubnetIds: [{ Ref: Match.stringLikeRegexp('VpcPrivate') }, { Ref: Match.stringLikeRegexp('VpcPrivate') }],
      },
    });
  });

  test('knows administrators by access entries only, and the creator is none', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false },
    });
  });

  test('keeps every control-plane log for a month under its key', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      Logging: {
        ClusterLogging: {
          EnabledTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map((Type) => ({ Type })),
        },
      },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: `/aws/eks/${platform.clusterName}/cluster`,
      KmsKeyId: Match.anyValue(),
      RetentionInDays: 30,
    });
  });

  test('creates the log group before EKS would', () => {
    const [logGroup] = Object.keys(template.findResources('AWS::Logs::LogGroup'));

    template.hasResource('AWS::EKS::Cluster', { DependsOn: Match.arrayWith([logGroup]) });
  });

  test('encrypts secrets under a customer key that rotates', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      EncryptionConfig: [{ Provider: { KeyArn: Match.anyValue() }, Resources: ['secrets'] }],
    });
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });

  test('lets nodes join with the rights of a node', () => {
    template.hasResourceProperties('AWS::EKS::AccessEntry', {
      Type: 'EC2',
      AccessPolicies: [
        {
          AccessScope: { Type: 'cluster' },
          PolicyArn: {
            'Fn::Join': [
              '',
              ['arn:', { Ref: 'AWS::Partition' }, ':eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy'],
            ],
          },
        },
      ],
    });
  });

  test('makes volumes with its key, through grants for AWS resources only', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'kms:CreateGrant',
            Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
          }),
        ]),
      },
    });
  });

  test('installs nodes first, then namespaces', () => {
    const releases = template.findResources(eks.HelmChart.RESOURCE_TYPE);
    const idOf = (release: string) =>
      Object.entries(releases).find(([, { Properties }]) => Properties.Release === release)?.[0] as string;

    expect(Object.keys(releases)).toHaveLength(2);
    expect(releases[idOf('namespaces')].DependsOn).toContain(idOf('node-pools'));
    expect(releases[idOf('node-pools')].DependsOn).toContainEqual(expect.stringContaining('NodesAccess'));
  });

  test('can be deleted', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      DeletionProtection: false,
      ZonalShiftConfig: { Enabled: false },
    });
  });
});

test('takes a name, protection, zonal shift, retention and a version', () => {
  const platform = define({
    clusterName: 'acme-staging',
    version: eks.KubernetesVersion.V1_35,
    deletionProtection: true,
    zonalShift: true,
    logRetention: logs.RetentionDays.THREE_MONTHS,
  });

  const template = Template.fromStack(Stack.of(platform));
  template.hasResourceProperties('AWS::EKS::Cluster', {
    Name: 'acme-staging',
    Version: '1.35',
    DeletionProtection: true,
    ZonalShiftConfig: { Enabled: true },
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
});

test('fails for a namespace that is no DNS label', () => {
  expect(() => define({ namespaces: ['agents', 'My_Tools'] })).toThrow(
    "'namespaces' must be a DNS label (lower case letters, digits and inner hyphens, at most 63), got 'My_Tools'",
  );
});

test.each(['default', 'kube-system'])('fails for the namespace %s, which Kubernetes brings', (namespace) => {
  expect(() => define({ namespaces: [namespace] })).toThrow(
    `'namespaces' must not hold a namespace that Kubernetes brings, got '${namespace}'`,
  );
});

test('fails for a namespace that is named twice', () => {
  expect(() => define({ namespaces: ['agents', 'tools', 'agents'] })).toThrow(
    "'namespaces' must not hold a namespace twice, got 'agents'",
  );
});

test('fails for a name that EKS would refuse', () => {
  expect(() => define({ clusterName: 'acme staging' })).toThrow(
    "'clusterName' must be letters, digits, hyphens and underscores, at most 100, got 'acme staging'",
  );
});

test('fails for a VPC without private subnets', () => {
  const stack = new Stack(new App(), 'Stack');
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    natGateways: 0,
    subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }],
  });

  expect(() => new PlatformCluster(stack, 'Cluster', { vpc })).toThrow(
    "'vpc' must have private subnets for the nodes, got none",
  );
});

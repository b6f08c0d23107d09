import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { PlatformCluster } from '../../src/cluster/platform-cluster';
import { Endpoints } from '../../src/network/endpoints';
import { PlatformNetwork, type PlatformNetworkProps } from '../../src/network/platform-network';
import { SecureDatabase } from '../../src/secure-database/secure-database';

function synthesize(props: PlatformNetworkProps): Template {
  const stack = new Stack(new App(), 'Stack');
  new PlatformNetwork(stack, 'Network', props);
  return Template.fromStack(stack);
}

function endpointsOf(
  template: Template,
  VpcEndpointType: string,
): { service: string; properties: EndpointProperties }[] {
  return Object.values(template.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType } })).map(
    ({ Properties }) => ({
      service: JSON.stringify(Properties.ServiceName).replace(
        /^.*"\.?(?:com\.amazonaws\.region\.)?([a-z0-9.-]+)".*$/,
        '$1',
      ),
      properties: Properties,
    }),
  );
}

interface EndpointProperties {
  readonly PrivateDnsEnabled: boolean;
  readonly SecurityGroupIds: unknown[];
  readonly SubnetIds: { Ref: string }[];
}

const ESSENTIAL = ['ecr.api', 'ecr.dkr', 'kms', 'logs', 'secretsmanager', 'sts'];

const CLUSTER = [
  'autoscaling',
  'ec2',
  'eks',
  'eks-auth',
  'elasticloadbalancing',
  'lambda',
  'monitoring',
  'sns',
  'sqs',
  'ssm',
];

describe.each([
  ['none', Endpoints.none(), [], ['s3']],
  ['essential', Endpoints.essential(), ESSENTIAL, ['s3']],
  ['private', Endpoints.private(), [...ESSENTIAL, ...CLUSTER].sort(), ['dynamodb', 's3']],
])('%s', (_, endpoints, interfaces, gateways) => {
  const template = synthesize({ endpoints });

  test(`has ${interfaces.length} interface endpoints, and the gateways to ${gateways.join(' and ')}`, () => {
    expect(
      endpointsOf(template, 'Interface')
        .map(({ service }) => service)
        .sort(),
    ).toEqual(interfaces);
    expect(
      endpointsOf(template, 'Gateway')
        .map(({ service }) => service)
        .sort(),
    ).toEqual(gateways);
  });
});

describe('an interface endpoint', () => {
  const template = synthesize({ cidr: '10.8.0.0/16', endpoints: Endpoints.essential() });

  test('answers to the public name of its service, in each private subnet', () => {
    for (const { properties } of endpointsOf(template, 'Interface')) {
      expect(properties.PrivateDnsEnabled).toBe(true);
      expect(properties.SubnetIds.map(({ Ref }) => Ref)).toEqual(
        [1, 2, 3].map((zone) => expect.stringContaining(`privateSubnet${zone}`)),
      );
    }
  });

  test('lets in HTTPS from the VPC and starts no connection itself', () => {
    template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [
        {
          CidrIp: '10.8.0.0/16',
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          Description: 'HTTPS from the VPC to AWS services',
        },
      ],
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32', Description: 'Disallow all traffic' })],
    });
    const [group] = Object.keys(template.findResources('AWS::EC2::SecurityGroup'));
    for (const { properties } of endpointsOf(template, 'Interface')) {
      expect(properties.SecurityGroupIds).toEqual([{ 'Fn::GetAtt': [group, 'GroupId'] }]);
    }
  });
});

describe('without a NAT gateway', () => {
  const stack = new Stack(new App(), 'Stack');
  const { vpc } = new PlatformNetwork(stack, 'Network', { natGateways: 0, endpoints: Endpoints.private() });
  new PlatformCluster(stack, 'Cluster', { vpc });
  new SecureDatabase(stack, 'Database', { vpc });
  const template = Template.fromStack(stack);

  test('only public subnets have a route to the internet', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    const routes = Object.values(template.findResources('AWS::EC2::Route'));

    expect(routes.map(({ Properties }) => Properties.RouteTableId.Ref)).toEqual(
      [1, 2, 3].map((zone) => expect.stringContaining(`publicSubnet${zone}`)),
    );
  });

  test('the cluster still stands in the private subnets, the databases in the isolated ones', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: { SubnetIds: subnets('private') },
    });
    template.hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: subnets('isolated') });
  });

  test('the gateway endpoints are in the routes of the private and the isolated subnets', () => {
    for (const { properties } of endpointsOf(template, 'Gateway')) {
      const tables = JSON.stringify(properties);

      expect(tables).toContain('privateSubnet1');
      expect(tables).toContain('isolatedSubnet1');
    }
  });

  function subnets(kind: string): unknown[] {
    return [1, 2, 3].map((zone) => ({ Ref: Match.stringLikeRegexp(`${kind}Subnet${zone}`) }));
  }
});

test.each([Endpoints.none(), Endpoints.essential()])(
  'fails without a NAT gateway when endpoints are too few',
  (endpoints) => {
    expect(() => synthesize({ natGateways: 0, endpoints })).toThrow("'natGateways' must be between 1 and 3, got 0");
  },
);

test.each([-1, 4])('fails for %d NAT gateways beside private endpoints', (natGateways) => {
  expect(() => synthesize({ natGateways, endpoints: Endpoints.private() })).toThrow(
    `'natGateways' must be between 0 and 3, got ${natGateways}`,
  );
});

import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { PlatformEnvironment } from '../../src/agentic-platform/platform-environment';
import { NetworkTopology } from '../../src/network/network-topology';
import { PlatformNetwork } from '../../src/network/platform-network';
import { plan, sharedTemplate, THREE } from './planned-networks';

const FRANKFURT = { account: '111111111111', region: 'eu-central-1' };

const IMPORTED: ec2.VpcAttributes = {
  vpcId: 'vpc-1',
  vpcCidrBlock: '10.9.0.0/16',
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  privateSubnetIds: ['subnet-1', 'subnet-2'],
  isolatedSubnetIds: ['subnet-3', 'subnet-4'],
};

function imported(attributes: Partial<ec2.VpcAttributes> = {}, env?: typeof FRANKFURT): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(new Stack(new App(), 'Theirs', { env }), 'Vpc', { ...IMPORTED, ...attributes });
}

function ranges(template: Template, environment: string, kind: string): string[] {
  const Tags = Match.arrayWith([{ Key: 'aws-cdk:subnet-name', Value: `${environment}-${kind}` }]);
  return Object.values(template.findResources('AWS::EC2::Subnet', { Properties: { Tags } })).map(
    ({ Properties }) => Properties.CidrBlock,
  );
}

describe('a shared network', () => {
  const { stack, networks } = plan(NetworkTopology.shared());
  const template = sharedTemplate(NetworkTopology.shared());

  test('is one VPC in a stack of its own, protected when an environment is', () => {
    template.resourceCountIs('AWS::EC2::VPC', 1);
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
    expect(networks).toHaveLength(3);
    expect(stack).toMatchObject({ stackName: 'Acme-network', terminationProtection: true });
    expect(plan(NetworkTopology.shared(), THREE.slice(0, 2)).stack?.terminationProtection).toBe(false);
  });

  test('gives each environment an eighth, and nine subnets in three zones there', () => {
    expect(ranges(template, 'development', 'private')).toEqual(['10.0.0.0/22', '10.0.4.0/22', '10.0.8.0/22']);
    expect(ranges(template, 'testing', 'public')).toEqual(['10.0.44.0/25', '10.0.44.128/25', '10.0.45.0/25']);
    expect(ranges(template, 'staging', 'isolated')).toEqual(['10.0.77.128/25', '10.0.78.0/25', '10.0.78.128/25']);
    for (const zone of [0, 1, 2]) {
      const inZone = { Properties: { AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] } } };
      expect(Object.keys(template.findResources('AWS::EC2::Subnet', inZone))).toHaveLength(9);
    }
  });

  test('does not move an environment when another one is added', () => {
    const four = sharedTemplate(NetworkTopology.shared(), [...THREE, PlatformEnvironment.of('qa')]);

    for (const { name } of THREE) {
      expect(ranges(four, name, 'private')).toEqual(ranges(template, name, 'private'));
    }
  });

  test('has NAT gateways for each environment, as many as it asks for', () => {
    const gateways = Object.keys(template.findResources('AWS::EC2::NatGateway')).map((id) =>
      id.replace(/public.*/, ''),
    );

    expect(gateways.sort()).toEqual(['development', 'staging', 'staging', 'staging', 'testing']);
  });

  test('has a route table for each subnet, and the gateway to S3 in each of them', () => {
    template.resourceCountIs('AWS::EC2::RouteTable', 27);
    const [gateway] = Object.values(template.findResources('AWS::EC2::VPCEndpoint'));

    expect(gateway.Properties.RouteTableIds).toHaveLength(27);
  });

  test('gives nothing a public address by being started, and empties the default security group', () => {
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
    template.resourceCountIs('Custom::VpcRestrictDefaultSG', 1);
  });

  test('logs flows as long as any environment asks for', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL' });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: logs.RetentionDays.THREE_MONTHS });
  });

  test('takes a range, and environments that choose theirs', () => {
    const chosen = sharedTemplate(NetworkTopology.shared({ cidr: '10.64.0.0/16' }), [
      PlatformEnvironment.development(),
      PlatformEnvironment.testing({ cidr: '10.64.0.0/17' }),
    ]);

    expect(ranges(chosen, 'testing', 'private')[0]).toBe('10.64.0.0/20');
    expect(ranges(chosen, 'development', 'private')[0]).toBe('10.64.128.0/22');
  });
});

describe('a shared network fails', () => {
  test.each([
    ['account', { account: '222222222222', region: 'eu-central-1' }, '111111111111', '222222222222'],
    ['region', { account: '111111111111', region: 'eu-west-1' }, 'eu-central-1', 'eu-west-1'],
  ])('when environments differ in their %s', (prop, place, expected, found) => {
    const environments = [PlatformEnvironment.development(FRANKFURT), PlatformEnvironment.staging(place)];

    expect(() => plan(NetworkTopology.shared(), environments)).toThrow(
      `'${prop}' of environment 'staging' must be '${expected}' as that of 'development', because they share a network, got '${found}'`,
    );
  });

  test.each([
    ['10.0.0.0/16', 9, 19],
    ['10.0.0.0/18', 5, 20],
    ['10.0.0.0/20', 2, 20],
  ])('when %s is too small for %d environments', (cidr, count, prefix) => {
    const environments = Array.from({ length: count }, (_, index) => PlatformEnvironment.of(`qa${index}`));

    expect(() => plan(NetworkTopology.shared({ cidr }), environments)).toThrow(
      `'cidr' of the shared network must have room for a /${prefix} for each of ${count} environments, got '${cidr}'`,
    );
  });

  test('when those that chose leave no room for the others', () => {
    const environments = [PlatformEnvironment.testing({ cidr: '10.0.0.0/16' }), PlatformEnvironment.staging()];

    expect(() => plan(NetworkTopology.shared(), environments)).toThrow(
      "'cidr' of environment 'staging' must be given, because 10.0.0.0/16 has no free /19 left",
    );
  });

  test('when an environment chose a range elsewhere', () => {
    expect(() => plan(NetworkTopology.shared(), [PlatformEnvironment.testing({ cidr: '10.1.0.0/20' })])).toThrow(
      "'cidr' of environment 'testing' must lie within '10.0.0.0/16' of the shared network, got '10.1.0.0/20'",
    );
  });

  test('when two environments chose the same', () => {
    const environments = ['blue', 'green'].map((name) => PlatformEnvironment.of(name, { cidr: '10.0.16.0/20' }));

    expect(() => plan(NetworkTopology.shared(), environments)).toThrow(
      "'cidr' of environment 'green' must not overlap '10.0.16.0/20' of environment 'blue', got '10.0.16.0/20'",
    );
  });

  test.each(['10.0.0.0/15', '10.0.0.0/21'])('for the range %s', (cidr) => {
    expect(() => plan(NetworkTopology.shared({ cidr }))).toThrow(
      `'cidr' must be between /16 and /20 to hold subnets for 3 zones, got '${cidr}'`,
    );
  });

  test.each([0, 4])('for %d NAT gateways', (natGateways) => {
    expect(() => plan(NetworkTopology.shared(), [PlatformEnvironment.testing({ natGateways })])).toThrow(
      `'natGateways' of environment 'testing' must be between 1 and 3, got ${natGateways}`,
    );
  });
});

describe('an existing network', () => {
  test('is that of every environment, and is left as it is', () => {
    const app = new App();
    const theirs = new Stack(app, 'Theirs');
    const { vpc } = new PlatformNetwork(theirs, 'Network');
    const before = theirs.node.findAll().length;

    const { networks, stack } = plan(NetworkTopology.existing(vpc));

    expect(networks).toHaveLength(3);
    expect(stack).toBeUndefined();
    for (const [index, network] of networks.entries()) {
      expect(network._define(new Stack(app, `Stack${index}`), context()).vpc).toBe(vpc);
    }
    expect(theirs.node.findAll()).toHaveLength(before);
  });

  test('is imported by its ids into the stack of each environment', () => {
    const stack = new Stack(new App(), 'Stack');
    const [network] = plan(NetworkTopology.fromVpcAttributes(IMPORTED)).networks;

    const { vpc } = network._define(stack, context());

    expect(vpc.vpcId).toBe('vpc-1');
    expect(Stack.of(vpc)).toBe(stack);
    expect(stack.node.findAll().filter((child) => CfnResource.isCfnResource(child))).toEqual([]);
  });

  const lacking: [string, Partial<ec2.VpcAttributes>, string][] = [
    [
      'isolated subnets',
      { isolatedSubnetIds: undefined },
      "'vpc' must have at least 2 isolated subnets for the databases, got 0",
    ],
    [
      'private subnets',
      { privateSubnetIds: undefined },
      "'vpc' must have at least 2 private subnets for the cluster, got 0",
    ],
    [
      'a second zone',
      { availabilityZones: ['eu-central-1a'], privateSubnetIds: ['subnet-1'], isolatedSubnetIds: ['subnet-3'] },
      "'vpc' must have at least 2 private subnets for the cluster, got 1",
    ],
    [
      'its range',
      { vpcCidrBlock: undefined },
      "'vpc' must know its range, which network policies name, so import it with 'vpcCidrBlock'",
    ],
  ];

  test.each(lacking)('fails without %s', (_, attributes, message) => {
    expect(() => NetworkTopology.existing(imported(attributes))).toThrow(message);
    const [network] = plan(NetworkTopology.fromVpcAttributes({ ...IMPORTED, ...attributes })).networks;
    expect(() => network._define(new Stack(new App()), context())).toThrow(message);
  });

  test.each([
    ['account', { account: '222222222222', region: 'eu-central-1' }, "'111111111111'", "'222222222222'"],
    ['region', { account: '111111111111', region: 'eu-west-1' }, "'eu-central-1'", "'eu-west-1'"],
    ['account', {}, "'111111111111'", 'none'],
  ])('fails when an environment has another %s', (prop, place, expected, found) => {
    const topology = NetworkTopology.existing(imported({}, FRANKFURT));

    expect(() => plan(topology, [PlatformEnvironment.testing(place)])).toThrow(
      `'${prop}' of environment 'testing' must be ${expected} as that of 'vpc', got ${found}`,
    );
  });

  test.each([
    ['of the app', NetworkTopology.existing(imported())],
    ['imported', NetworkTopology.fromVpcAttributes(IMPORTED)],
  ])('%s fails when an environment chose a range', (_, topology) => {
    expect(() => plan(topology, [PlatformEnvironment.testing({ cidr: '10.1.0.0/16' })])).toThrow(
      "'cidr' of environment 'testing' must not be given in an existing VPC, got '10.1.0.0/16'",
    );
  });

  function context() {
    return {
      get encryptionKey(): never {
        throw new Error('nothing is encrypted in a network of others');
      },
      natGateways: 1,
      logRetention: logs.RetentionDays.ONE_MONTH,
    };
  }
});

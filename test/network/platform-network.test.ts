import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { PlatformNetwork, type PlatformNetworkProps } from '../../src/network/platform-network';

function synthesize(props?: PlatformNetworkProps): Template {
  const stack = new Stack(new App(), 'Stack');
  new PlatformNetwork(stack, 'Network', props);
  return Template.fromStack(stack);
}

function subnets(template: Template, type: string): { CidrBlock: string; MapPublicIpOnLaunch: boolean }[] {
  const tags = Match.arrayWith([{ Key: 'aws-cdk:subnet-type', Value: type }]);
  return Object.values(template.findResources('AWS::EC2::Subnet', { Properties: { Tags: tags } })).map(
    ({ Properties }) => Properties,
  );
}

describe('by default', () => {
  const template = synthesize();

  test('has a public, a private and an isolated subnet in each of three zones', () => {
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
    expect(subnets(template, 'Private').map(({ CidrBlock }) => CidrBlock)).toEqual([
      '10.0.0.0/19',
      '10.0.32.0/19',
      '10.0.64.0/19',
    ]);
    expect(subnets(template, 'Public')).toHaveLength(3);
    expect(subnets(template, 'Isolated')).toHaveLength(3);
  });

  test('takes the zones at deployment, not by a look-up', () => {
    for (const index of [0, 1, 2]) {
      template.hasResourceProperties('AWS::EC2::Subnet', {
        AvailabilityZone: { 'Fn::Select': [index, { 'Fn::GetAZs': '' }] },
      });
    }
  });

  test('gives nothing a public address by being started', () => {
    expect(subnets(template, 'Public').every(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch === false)).toBe(true);
  });

  test('has one NAT gateway and the gateway endpoint of S3', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 1);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' });
  });

  test('isolated subnets have no way out', () => {
    const routes = Object.values(template.findResources('AWS::EC2::Route')).map(
      ({ Properties }) => Properties.RouteTableId.Ref as string,
    );

    expect(routes).toHaveLength(6);
    expect(routes.filter((table) => table.includes('isolated'))).toEqual([]);
  });

  test('logs every flow for a month under a customer key that rotates', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL' });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('NetworkKey'), 'Arn'] },
      RetentionInDays: 30,
    });
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });

  test('lets the log service use the key for log groups of this account only', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } },
            Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Match.anyValue() } },
          }),
        ]),
      },
    });
  });

  test('empties the default security group', () => {
    template.resourceCountIs('Custom::VpcRestrictDefaultSG', 1);
  });
});

test('takes a range, NAT gateways, a key and a retention', () => {
  const stack = new Stack(new App(), 'Stack');
  const encryptionKey = new kms.Key(stack, 'Key');

  new PlatformNetwork(stack, 'Network', {
    cidr: '10.8.0.0/20',
    natGateways: 3,
    encryptionKey,
    logRetention: logs.RetentionDays.ONE_YEAR,
  });

  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::EC2::NatGateway', 3);
  template.resourceCountIs('AWS::KMS::Key', 1);
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  expect(subnets(template, 'Private')[0].CidrBlock).toBe('10.8.0.0/23');
});

test.each(['10.0.0.0/21', '10.0.0.0/15'])('fails for the range %s', (cidr) => {
  expect(() => synthesize({ cidr })).toThrow(
    `'cidr' must be between /16 and /20 to hold subnets for 3 zones, got '${cidr}'`,
  );
});

test.each([0, 4])('fails for %d NAT gateways', (natGateways) => {
  expect(() => synthesize({ natGateways })).toThrow(`'natGateways' must be between 1 and 3, got ${natGateways}`);
});

test('fails for what is no range', () => {
  expect(() => synthesize({ cidr: 'large' })).toThrow(
    "'cidr' must be an IPv4 range such as '10.0.0.0/16', got 'large'",
  );
});

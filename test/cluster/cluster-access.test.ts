import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { ClusterRole } from '../../src/cluster/cluster-role';
import { PlatformCluster } from '../../src/cluster/platform-cluster';
import { Evidence } from '../../src/evidence/evidence';
import { SynthesizedAssembly } from '../../src/evidence/synthesized-assembly';

const OPERATORS = 'arn:aws:iam::111111111111:role/operators';

function define(namespaces = ['agents', 'tools']) {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const cluster = new PlatformCluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc'), namespaces });
  return { app, stack, cluster, operators: iam.Role.fromRoleArn(stack, 'Operators', OPERATORS) };
}

function policy(name: string, accessScope: object) {
  return {
    PolicyArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:eks::aws:cluster-access-policy/${name}`]] },
    AccessScope: accessScope,
  };
}

function policiesOf(stack: Stack, principalArn: unknown): unknown[] {
  const entries = Template.fromStack(stack).findResources('AWS::EKS::AccessEntry', {
    Properties: { PrincipalArn: principalArn },
  });
  expect(Object.keys(entries)).toHaveLength(1);
  return Object.values(entries)[0].Properties.AccessPolicies;
}

test.each([
  [ClusterRole.VIEWER, 'AmazonEKSViewPolicy'],
  [ClusterRole.EDITOR, 'AmazonEKSEditPolicy'],
  [ClusterRole.ADMIN, 'AmazonEKSAdminPolicy'],
])('%s counts in the namespaces for workloads, not on the cluster', (role, name) => {
  const { stack, cluster, operators } = define();

  cluster.grantAccess(operators, role);

  expect(policiesOf(stack, OPERATORS)).toEqual([policy(name, { Type: 'namespace', Namespaces: ['agents', 'tools'] })]);
});

test('CLUSTER_ADMIN spans the cluster', () => {
  const { stack, cluster, operators } = define();

  cluster.grantAccess(operators, ClusterRole.CLUSTER_ADMIN);

  expect(policiesOf(stack, OPERATORS)).toEqual([policy('AmazonEKSClusterAdminPolicy', { Type: 'cluster' })]);
});

test('a role counts in the given namespaces only', () => {
  const { stack, cluster, operators } = define();

  cluster.grantAccess(operators, ClusterRole.EDITOR, { namespaces: ['tools'] });

  expect(policiesOf(stack, OPERATORS)).toEqual([
    policy('AmazonEKSEditPolicy', { Type: 'namespace', Namespaces: ['tools'] }),
  ]);
});

test('grants to one role add up in one access entry, however it was imported', () => {
  const { stack, cluster, operators } = define();

  cluster.grantAccess(operators, ClusterRole.VIEWER, { namespaces: ['tools'] });
  cluster.grantAccess(operators, ClusterRole.EDITOR, { namespaces: ['agents'] });
  cluster.grantAccess(iam.Role.fromRoleArn(stack, 'Same', OPERATORS), ClusterRole.VIEWER, { namespaces: ['agents'] });

  expect(policiesOf(stack, OPERATORS)).toEqual([
    policy('AmazonEKSViewPolicy', { Type: 'namespace', Namespaces: ['agents', 'tools'] }),
    policy('AmazonEKSEditPolicy', { Type: 'namespace', Namespaces: ['agents'] }),
  ]);
  expect(cluster._accessGrants).toEqual([
    { principal: operators, role: ClusterRole.VIEWER, namespaces: ['agents', 'tools'] },
    { principal: operators, role: ClusterRole.EDITOR, namespaces: ['agents'] },
  ]);
});

describe('finding the endpoint', () => {
  const describe = { Statement: [Match.objectLike({ Action: 'eks:DescribeCluster', Effect: 'Allow' })] };

  test('is allowed together with the access, for this cluster alone', () => {
    const { stack, cluster, operators } = define();

    cluster.grantAccess(operators, ClusterRole.VIEWER);
    cluster.grantAccess(operators, ClusterRole.EDITOR);

    const template = Template.fromStack(stack);
    const policies = template.findResources('AWS::IAM::Policy', { Properties: { Roles: ['operators'] } });
    expect(Object.values(policies).map(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([
      [{ Action: 'eks:DescribeCluster', Effect: 'Allow', Resource: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } }],
    ]);
  });

  test('is allowed beside the cluster, so that a role of another stack closes no circle', () => {
    const { app, stack, cluster } = define();
    const delivery = new Stack(app, 'Delivery');
    const role = new iam.Role(delivery, 'Deploy', { assumedBy: new iam.AccountRootPrincipal() });

    cluster.grantAccess(role, ClusterRole.EDITOR);

    app.synth();
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: describe,
      Roles: [Match.objectLike({ 'Fn::ImportValue': Match.anyValue() })],
    });
    Template.fromStack(delivery).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('is left to the permission set of a role of IAM Identity Center, which refuses changes', () => {
    const { stack, cluster } = define();
    const arn =
      'arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Operators_0123456789abcdef';

    cluster.grantAccess(iam.Role.fromRoleArn(stack, 'Operators2', arn), ClusterRole.VIEWER);

    expect(policiesOf(stack, arn)).toHaveLength(1);
    expect(
      Template.fromStack(stack).findResources('AWS::IAM::Policy', { Properties: { PolicyDocument: describe } }),
    ).toEqual({});
  });
});

test('two roles have an access entry each', () => {
  const { stack, cluster, operators } = define();
  const pipeline = new iam.Role(stack, 'Pipeline', { assumedBy: new iam.AccountRootPrincipal() });

  cluster.grantAccess(operators, ClusterRole.VIEWER);
  cluster.grantAccess(pipeline, ClusterRole.EDITOR);

  expect(policiesOf(stack, OPERATORS)).toHaveLength(1);
  expect(
    policiesOf(stack, { 'Fn::GetAtt': [stack.getLogicalId(pipeline.node.defaultChild as iam.CfnRole), 'Arn'] }),
  ).toHaveLength(1);
});

test('the scope of each role is in the evidence, and holds', () => {
  const { app, cluster, operators } = define();
  cluster.grantAccess(operators, ClusterRole.CLUSTER_ADMIN);
  cluster.grantAccess(operators, ClusterRole.VIEWER);
  cluster.grantAccess(operators, ClusterRole.VIEWER, { namespaces: ['agents'] });

  const assembly = new SynthesizedAssembly(app.synth().directory);

  const checks = Evidence.of(cluster).claims.map(({ check }) => check);
  const scopes = checks.filter(({ statement }) => statement.includes('Operators'));
  expect(scopes.map(({ statement }) => statement)).toEqual(['VIEWER for Stack/Operators is limited to namespaces']);
  expect(scopes.map((check) => check.run(assembly))).toMatchObject([{ actual: '"namespace"', passed: true }]);
});

describe('fails', () => {
  test('for a namespace that the cluster does not have', () => {
    const { cluster, operators } = define();

    expect(() => cluster.grantAccess(operators, ClusterRole.VIEWER, { namespaces: ['agents', 'tool'] })).toThrow(
      "'namespaces' must name a namespace of the cluster (one of agents, tools), got 'tool'",
    );
    expect(() => define([]).cluster.grantAccess(operators, ClusterRole.VIEWER, { namespaces: ['agents'] })).toThrow(
      "'namespaces' must name a namespace of the cluster (it has none), got 'agents'",
    );
  });

  test('without any namespace', () => {
    const { cluster, operators } = define();

    expect(() => cluster.grantAccess(operators, ClusterRole.ADMIN, { namespaces: [] })).toThrow(
      "'namespaces' must name at least one namespace for ADMIN, got none",
    );
    expect(() => define([]).cluster.grantAccess(operators, ClusterRole.VIEWER)).toThrow(
      "'namespaces' must name at least one namespace for VIEWER, got none",
    );
  });

  test('for a cluster administrator of some namespaces', () => {
    const { cluster, operators } = define();

    expect(() => cluster.grantAccess(operators, ClusterRole.CLUSTER_ADMIN, { namespaces: ['agents'] })).toThrow(
      "'namespaces' must not be given for CLUSTER_ADMIN, which spans the cluster, got 'agents'",
    );
    expect(() => cluster.grantAccess(operators, ClusterRole.CLUSTER_ADMIN, { namespaces: [] })).toThrow(
      "'namespaces' must not be given for CLUSTER_ADMIN, which spans the cluster, got none",
    );
  });

  test('for a session, which EKS would refuse', () => {
    const { stack, cluster } = define();
    const session = iam.Role.fromRoleArn(stack, 'Session', 'arn:aws:sts::111111111111:assumed-role/operators/me');

    expect(() => cluster.grantAccess(session, ClusterRole.VIEWER)).toThrow(
      "'principal' must be an IAM role and no session of one, got 'arn:aws:sts::111111111111:assumed-role/operators/me'",
    );
  });
});

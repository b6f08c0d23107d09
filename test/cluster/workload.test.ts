import { App, type CfnElement, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { describe, expect, test } from 'vitest';
import { PlatformCluster } from '../../src/cluster/platform-cluster';
import { Workload } from '../../src/cluster/workload';
import { Evidence } from '../../src/evidence/evidence';
import { SynthesizedAssembly } from '../../src/evidence/synthesized-assembly';
import { importedCluster } from './imported-cluster';

function define(namespaces = ['agents', 'tools']) {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const cluster = new PlatformCluster(stack, 'Cluster', {
    vpc: new ec2.Vpc(stack, 'Vpc'),
    clusterName: 'demo',
    namespaces,
  });
  return { app, stack, cluster };
}

describe('a workload', () => {
  const { app, stack, cluster } = define();
  const planner = cluster.addWorkload('planner');
  cluster.addWorkload('search', { namespace: 'tools' });
  new kms.Key(stack, 'Documents').grantDecrypt(planner);
  const template = Template.fromStack(stack);
  const clusterId = stack.getLogicalId(cluster.cluster.node.defaultChild as CfnElement);
  const roleId = stack.getLogicalId(planner.role.node.defaultChild as CfnElement);

  test('is joined with a role by Pod Identity', () => {
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      ClusterName: { Ref: clusterId },
      Namespace: 'agents',
      ServiceAccount: 'planner',
      RoleArn: { 'Fn::GetAtt': [roleId, 'Arn'] },
    });
    expect(planner).toMatchObject({ namespace: 'agents', serviceAccountName: 'planner' });
  });

  test('has a role that only pods of this cluster assume', () => {
    expect(template.findResources('AWS::IAM::Role')[roleId].Properties).toEqual({
      Description: 'Pods of planner in namespace agents',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: ['sts:AssumeRole', 'sts:TagSession'],
            Effect: 'Allow',
            Principal: { Service: 'pods.eks.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [clusterId, 'Arn'] } },
            },
          },
        ],
      },
    });
  });

  test('takes grants', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: 'kms:Decrypt' })] },
      Roles: [{ Ref: roleId }],
    });
  });

  test('brings its service account, one release for all, after the namespaces', () => {
    const releases = Object.entries(template.findResources(eks.HelmChart.RESOURCE_TYPE));
    const idOf = (name: string) => releases.find(([, { Properties }]) => Properties.Release === name)?.[0];
    const workloads = releases.filter(([, { Properties }]) => Properties.Release === 'workloads');

    expect(workloads).toHaveLength(1);
    expect(workloads[0][1].DependsOn).toContain(idOf('namespaces'));
    const assembly = new SynthesizedAssembly(app.outdir);
    for (const [namespace, name] of [
      ['agents', 'planner'],
      ['tools', 'search'],
    ]) {
      expect(assembly.yaml(`charts/demo/workloads/files/serviceaccount.${namespace}.${name}.yaml`)).toEqual({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name, namespace },
        automountServiceAccountToken: false,
      });
    }
  });

  test('shows in the evidence that it gets no token', () => {
    const assembly = new SynthesizedAssembly(app.outdir);
    const claims = Evidence.of(planner).claims.filter(({ construct }) => construct === planner);

    expect(claims.map(({ check }) => check.run(assembly))).toMatchObject([
      { subject: expect.stringContaining('serviceaccount.agents.planner.yaml'), actual: 'false', passed: true },
    ]);
  });
});

test('a cluster without workloads has no release for them', () => {
  const { stack } = define();

  expect(
    Object.values(Template.fromStack(stack).findResources(eks.HelmChart.RESOURCE_TYPE)).map(
      ({ Properties }) => Properties.Release,
    ),
  ).toEqual(['node-pools', 'namespaces']);
});

test('one name may be used in two namespaces', () => {
  const { stack, cluster } = define();

  cluster.addWorkload('planner', { namespace: 'agents' });
  cluster.addWorkload('planner', { namespace: 'tools' });

  Template.fromStack(stack).resourceCountIs('AWS::EKS::PodIdentityAssociation', 2);
});

test('a workload may run on a cluster that somebody else made', () => {
  const stack = new Stack(new App(), 'Stack');

  new Workload(stack, 'planner', { cluster: importedCluster(stack), namespace: 'theirs' });

  Template.fromStack(stack).hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
    ClusterName: 'theirs',
    Namespace: 'theirs',
    ServiceAccount: 'planner',
  });
});

describe('fails', () => {
  test('for a name that is no DNS label', () => {
    expect(() => define().cluster.addWorkload('My_Planner')).toThrow(
      "'name' must be a DNS label (lower case letters, digits and inner hyphens, at most 63), got 'My_Planner'",
    );
  });

  test('for the name of the default service account', () => {
    expect(() => define().cluster.addWorkload('default')).toThrow(
      "'name' must not be the service account of pods that name none, got 'default'",
    );
  });

  test('for a name that is taken, also past the cluster', () => {
    const { stack, cluster } = define();
    cluster.addWorkload('planner');

    expect(() => new Workload(stack, 'planner', { cluster: cluster.cluster, namespace: 'agents' })).toThrow(
      "'name' must be unique in namespace 'agents', 'planner' already belongs to Stack/Cluster/Workloads/agents.planner",
    );
    expect(() => cluster.addWorkload('planner')).toThrow(
      "'name' must be unique in namespace 'agents', 'planner' already belongs to Stack/Cluster/Workloads/agents.planner",
    );
  });

  test('for a namespace that the cluster does not have, or that is no namespace', () => {
    const { stack, cluster } = define();

    expect(() => cluster.addWorkload('planner', { namespace: 'agent' })).toThrow(
      "'namespace' must name a namespace of the cluster (one of agents, tools), got 'agent'",
    );
    expect(() => new Workload(stack, 'planner', { cluster: cluster.cluster, namespace: 'A' })).toThrow(
      "'namespace' must be a DNS label (lower case letters, digits and inner hyphens, at most 63), got 'A'",
    );
    expect(() => define([]).cluster.addWorkload('planner')).toThrow(
      "'namespaces' must name at least one namespace for a workload, got none",
    );
  });
});

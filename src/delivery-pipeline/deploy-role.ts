import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { grantPublish } from '../security/grant-publish';
import type { EnvironmentModel, SourceModel } from './delivery-model';
import { GitHubRole } from './github-role';
import { GitHubTrust } from './github-trust';

export interface DeployRoleProps {
  readonly environment: EnvironmentModel;
  readonly source: SourceModel;
  /** The Kubernetes group of deployers. */
  readonly group: string;
  readonly cluster?: eks.ICluster;
  readonly topic?: ITopic;
}

/** The role that deploys to one environment: it finds the cluster, and may edit one namespace of it. */
export class DeployRole extends Construct {
  public readonly role: iam.Role;

  public constructor(scope: Construct, id: string, props: DeployRoleProps) {
    super(scope, id);
    const { environment, source, cluster, topic } = props;
    const { role, policy } = new GitHubRole(this, 'GitHub', {
      roleName: environment.deployRole,
      description: `Deploys to ${environment.name}`,
      trust: GitHubTrust.environment(source, environment.place, environment.name),
      statements: [
        new iam.PolicyStatement({
          sid: 'FindCluster',
          actions: ['eks:DescribeCluster'],
          resources: [this.arn('eks', 'cluster', environment.clusterName)],
        }),
      ],
    });
    this.role = role;
    if (cluster) {
      this.admit(cluster, environment.namespace, props.group);
    }
    if (topic && environment.topicParameter) {
      this.allowToReport(policy, topic, environment.topicParameter);
    }
  }

  private admit(cluster: eks.ICluster, namespace: string, group: string): void {
    const entry = new eks.AccessEntry(this, 'AccessEntry', {
      cluster,
      principal: this.role.roleArn,
      accessPolicies: [
        new eks.AccessPolicy({
          policy: eks.AccessPolicyArn.AMAZON_EKS_EDIT_POLICY,
          accessScope: { type: eks.AccessScopeType.NAMESPACE, namespaces: [namespace] },
        }),
      ],
    });
    // AWS's policy leaves out custom resources: the group is what a RoleBinding can grant them to
    (entry.node.defaultChild as eks.CfnAccessEntry).kubernetesGroups = [group];
  }

  private allowToReport(policy: iam.ManagedPolicy, topic: ITopic, parameterName: string): void {
    grantPublish(topic, policy);
    // the topic's ARN is known at deployment only, so that the pipeline has to look it up
    new ssm.StringParameter(this, 'Topic', { parameterName, stringValue: topic.topicArn });
    policy.addStatements(
      new iam.PolicyStatement({
        sid: 'FindTopic',
        actions: ['ssm:GetParameter'],
        resources: [this.arn('ssm', 'parameter', parameterName.slice(1))],
      }),
    );
  }

  private arn(service: string, resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service, resource, resourceName });
  }
}

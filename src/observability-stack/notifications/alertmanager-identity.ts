import { Stack } from 'aws-cdk-lib';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { grantPublish } from '../../security/grant-publish';

/** @internal */
export interface AlertmanagerIdentityProps {
  readonly cluster: eks.ICluster;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** What it publishes to. */
  readonly topics: readonly sns.ITopic[];
}

/** Who Alertmanager is in AWS: a role of its pods that may publish to topics, so that no secret is stored for it. */
export class AlertmanagerIdentity extends Construct {
  public constructor(scope: Construct, id: string, props: AlertmanagerIdentityProps) {
    super(scope, id);
    const { cluster, namespace, serviceAccount, topics } = props;
    const pods = new iam.ServicePrincipal('pods.eks.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
        ArnEquals: { 'aws:SourceArn': cluster.clusterArn },
      },
    });
    const role = new iam.Role(this, 'Role', {
      description: `Alertmanager of ${this.node.path}`,
      assumedBy: new iam.SessionTagsPrincipal(pods),
    });
    for (const topic of topics) {
      grantPublish(topic, role);
    }
    new CfnPodIdentityAssociation(this, 'Association', {
      clusterName: cluster.clusterName,
      namespace,
      serviceAccount,
      roleArn: role.roleArn,
    });
  }
}

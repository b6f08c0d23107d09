import { Stack } from 'aws-cdk-lib';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Whose identity it is. */
export interface PodIdentityProps {
  readonly cluster: eks.ICluster;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** What the role is for. */
  readonly description: string;
}

/**
 * Gives the pods of a service account a role in AWS, by EKS Pod Identity, so that no secret is stored for them.
 *
 * @returns the role; only pods of this cluster may assume it, whatever else calls Pod Identity in the account
 */
export function definePodIdentity(scope: Construct, props: PodIdentityProps): iam.Role {
  const { cluster, namespace, serviceAccount, description } = props;
  const pods = new iam.ServicePrincipal('pods.eks.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
      ArnEquals: { 'aws:SourceArn': cluster.clusterArn },
    },
  });
  const role = new iam.Role(scope, 'Role', { description, assumedBy: new iam.SessionTagsPrincipal(pods) });
  new CfnPodIdentityAssociation(scope, 'Association', {
    clusterName: cluster.clusterName,
    namespace,
    serviceAccount,
    roleArn: role.roleArn,
  });
  return role;
}

import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Somebody's cluster, made with nothing of ours. */
export function ownCluster(scope: Construct, props: StackProps = {}): eks.Cluster {
  const stack = new Stack(scope, 'Theirs', props);
  return new eks.Cluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.V1_36,
    vpc: new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['eu-central-1a', 'eu-central-1b'] }),
    kubectlProviderOptions: { kubectlLayer: new KubectlV36Layer(stack, 'Kubectl') },
  });
}

/** Somebody's cluster, known by its name only. */
export function importedCluster(scope: Construct, attributes: Partial<eks.ClusterAttributes> = {}): eks.ICluster {
  const stack = new Stack(scope, 'Import');
  return eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
    clusterName: 'theirs',
    kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(stack, 'Kubectl', {
      serviceToken: 'arn:aws:lambda:eu-central-1:111111111111:function:kubectl',
      role: iam.Role.fromRoleArn(stack, 'KubectlRole', 'arn:aws:iam::111111111111:role/kubectl'),
    }),
    ...attributes,
  });
}

import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** A cluster that somebody else made, with what is needed to install charts on it. */
export function importedCluster(scope: Construct): eks.ICluster {
  return eks.Cluster.fromClusterAttributes(scope, 'TheirCluster', {
    clusterName: 'theirs',
    kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(scope, 'TheirKubectl', {
      serviceToken: 'arn:aws:lambda:eu-central-1:111111111111:function:kubectl',
      role: iam.Role.fromRoleArn(scope, 'TheirKubectlRole', 'arn:aws:iam::111111111111:role/kubectl'),
    }),
  });
}

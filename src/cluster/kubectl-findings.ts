import { type CfnCondition, Fn, Stack } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { acknowledge, managedPolicy, wildcardResource } from '../security/acknowledge';

/** Accepts what cdk-nag finds in the handler of the AWS CDK that installs charts: its code and roles are not ours. */
export function acknowledgeKubectlFindings(cluster: eks.Cluster): void {
  const provider = cluster.node.findChild('KubectlProvider');
  const handler = provider.node.findChild('Handler') as lambda.Function;

  const hasEcrPublic = handler.node.findChild('HasEcrPublic') as CfnCondition;
  const ecrPublic = iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonElasticContainerRegistryPublicReadOnly');
  const conditional = Fn.conditionIf(
    Stack.of(cluster).getLogicalId(hasEcrPublic),
    ecrPublic.managedPolicyArn,
    Fn.ref('AWS::NoValue'),
  );
  acknowledge(
    provider,
    'the chart installer of the AWS CDK runs in the VPC, writes its log and reads charts from registries',
    managedPolicy('service-role/AWSLambdaBasicExecutionRole'),
    managedPolicy('service-role/AWSLambdaVPCAccessExecutionRole'),
    managedPolicy('AmazonEC2ContainerRegistryReadOnly'),
    `IAM4[Policy::${JSON.stringify(Stack.of(cluster).resolve(conditional))}]`,
  );
  acknowledge(provider, 'the AWS CDK chooses the runtime of its own handlers', 'L1');
  acknowledge(
    provider,
    'the framework of the AWS CDK may invoke any version of its own handler',
    wildcardResource(cluster, `${handler.functionArn}:*`),
  );
}

/** Accepts that the chart installer reads the bucket of assets, in which names are hashes. */
export function acknowledgeAssetFindings(provider: eks.IKubectlProvider, objects: string): void {
  acknowledge(
    provider,
    'charts are assets: the chart installer reads the bucket that the bootstrap made for them',
    ...['s3:GetObject*', 's3:GetBucket*', 's3:List*'].map((action) => `IAM5[Action::${action}]`),
    wildcardResource(provider, objects),
  );
}

import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { acknowledge } from './acknowledge';

/** Lets a role or a policy publish to a topic, and use the key of the topic for that. */
export function grantPublish(topic: sns.ITopic, grantee: iam.IGrantable & IConstruct): void {
  topic.grantPublish(grantee);
  acknowledge(
    grantee,
    'AWS CDK grants data keys with and without plaintext by one name, on the key of the topic alone',
    'IAM5[Action::kms:GenerateDataKey*]',
  );
}

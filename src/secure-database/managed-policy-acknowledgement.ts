import type { Acknowledgment } from 'aws-cdk-lib';

/** Lets a role carry the policy that AWS writes and keeps for a service. */
export function acknowledgedPolicy(name: string): Acknowledgment {
  return {
    id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/${name}]`,
    reason: 'AWS writes this policy for the service that assumes the role, and adds what new versions of it need',
  };
}

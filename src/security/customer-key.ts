import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** Customer-managed keys: rotated every year, kept when the stack goes, usable by the region's log service. */
export class CustomerKey {
  /** The key that was given, or a new one. */
  public static orNew(scope: Construct, id: string, given: kms.IKey | undefined, description: string): kms.IKey {
    const key = given ?? new kms.Key(scope, id, { description, enableKeyRotation: true });
    CustomerKey.allowLogs(key, Stack.of(scope));
    return key;
  }

  /** CloudWatch Logs may use the key for log groups of this account and region, and for nothing else. */
  private static allowLogs(key: kms.IKey, stack: Stack): void {
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': stack.formatArn({
              service: 'logs',
              resource: 'log-group',
              resourceName: '*',
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          },
        },
      }),
      true,
    );
  }

  private constructor() {}
}

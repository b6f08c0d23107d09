import { ArnFormat, type CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';

/** Keys that the customer manages. */
export class CustomerKey {
  /** The key that was given, or a new one that rotates every year. */
  public static orNew(scope: Construct, id: string, given: kms.IKey | undefined, description: string): kms.IKey {
    return given ?? CustomerKey.define(scope, id, description);
  }

  /** Lets CloudWatch Logs use a key, for log groups of the key's own account and region whose names match a pattern. */
  public static allowLogs(key: kms.IKey, scope: Construct, pattern: string): void {
    const stack = Stack.of(scope);
    const logGroups = stack.formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: pattern,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        resources: ['*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
      }),
      true,
    );
  }

  private static define(scope: Construct, id: string, description: string): kms.Key {
    const key = new kms.Key(scope, id, {
      description,
      enableKeyRotation: true,
      // snapshots, backups and images that outlive the stack cannot be read without it
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const resource = key.node.defaultChild as CfnResource;
    Evidence.of(key).claim(
      Requirement.DL_ENC_001,
      key,
      new ResourceCheck('the customer key rotates', resource, ['EnableKeyRotation'], Expectation.equals(true)),
    );
    return key;
  }

  private constructor() {}
}

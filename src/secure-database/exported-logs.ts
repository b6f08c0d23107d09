import { ArnFormat, type CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Requirement } from '../evidence/requirement';
import { ReferenceCheck } from './reference-check';

export interface ExportedLogsProps {
  /** Where the service writes, without the name of the log. */
  readonly path: string;
  readonly names: readonly string[];
  readonly encryptionKey: kms.IKey;
}

/**
 * The log groups that a store exports to, defined before the store: the service would create them with neither key
 * nor retention.
 */
export class ExportedLogs extends Construct {
  public constructor(scope: Construct, id: string, { path, names, encryptionKey }: ExportedLogsProps) {
    super(scope, id);

    const stack = Stack.of(this);
    const anyLog = stack.formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `${path}/*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    encryptionKey.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        resources: ['*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': anyLog } },
      }),
    );

    for (const name of names) {
      const logGroup = new logs.LogGroup(this, name, {
        logGroupName: `${path}/${name}`,
        encryptionKey,
        retention: logs.RetentionDays.THREE_MONTHS,
        removalPolicy: RemovalPolicy.DESTROY,
      });
      const resource = logGroup.node.defaultChild as CfnResource;
      Evidence.of(this).claim(
        Requirement.DL_ENC_001,
        this,
        new ReferenceCheck('logs are under the customer key', resource, ['KmsKeyId'], encryptionKey.keyArn),
      );
    }
  }
}

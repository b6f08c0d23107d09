import { type CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { ReferenceCheck } from '../evidence/reference-check';
import { Requirement } from '../evidence/requirement';
import { CustomerKey } from '../security/customer-key';

export interface ExportedLogsProps {
  /** Where the service writes, without the name of the log. */
  readonly path: string;
  readonly names: readonly string[];
  readonly encryptionKey: kms.IKey;
  readonly retention: logs.RetentionDays;
}

/**
 * The log groups that a store exports to, defined before the store: the service would create them with neither key
 * nor retention.
 */
export class ExportedLogs extends Construct {
  public constructor(scope: Construct, id: string, { path, names, encryptionKey, retention }: ExportedLogsProps) {
    super(scope, id);

    CustomerKey.allowLogs(encryptionKey, this, `${path}/*`);
    for (const name of names) {
      const logGroup = new logs.LogGroup(this, name, {
        logGroupName: `${path}/${name}`,
        encryptionKey,
        retention,
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

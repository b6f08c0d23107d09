import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Kinds of logs that cdk-nag asks for; they are events inside the audit log, which is exported. */
const KINDS_OF_EVENT = ['authenticate', 'createIndex', 'dropCollection'];

/** Accepts the findings of cdk-nag that no DocumentDB cluster of this kind can avoid. */
export function acknowledgeDocumentDb(cluster: IConstruct): void {
  Validations.of(cluster).acknowledge(
    {
      id: 'AwsSolutions::AwsSolutions-DOC3',
      reason: 'the service keeps the password in Secrets Manager, where the rule looks for a reference to a secret',
    },
    ...KINDS_OF_EVENT.map((kind) => ({
      id: `AwsSolutions::AwsSolutions-DOC5[LogExport::${kind}]`,
      reason: 'the service exports two logs, audit and profiler, and both are exported; this is an event in the first',
    })),
  );
}

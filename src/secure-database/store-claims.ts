import type { CfnResource } from 'aws-cdk-lib';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { ReferenceCheck } from '../evidence/reference-check';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';
import { retentionCheck } from './retention-check';
import type { Store, StoreContext } from './store-context';

/** Claims what holds for the store of any engine; RDS and DocumentDB name these properties alike. */
export function claimStore(store: Store, resource: CfnResource, context: StoreContext): void {
  const isOn = (statement: string, property: string) =>
    new ResourceCheck(statement, resource, [property], Expectation.equals(true));

  const evidence = Evidence.of(store);
  evidence.claim(
    Requirement.DL_ENC_001,
    store,
    isOn('storage is encrypted', 'StorageEncrypted'),
    new ReferenceCheck('storage is under the customer key', resource, ['KmsKeyId'], context.encryptionKey.keyArn),
  );
  evidence.claim(
    Requirement.DL_BACK_001,
    store,
    retentionCheck(
      'any moment of the retention can be restored',
      resource,
      ['BackupRetentionPeriod'],
      context.backupRetention,
    ),
  );
  evidence.claim(
    Requirement.IL_SEC_001,
    store,
    isOn('the service keeps and rotates the password', 'ManageMasterUserPassword'),
    ...(context.deletionProtection ? [isOn('nobody deletes it by mistake', 'DeletionProtection')] : []),
  );
}

import { Aws, type CfnResource, Duration, Fn, Names, RemovalPolicy } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { ReferenceCheck } from '../evidence/reference-check';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';
import { acknowledge, managedPolicy } from '../security/acknowledge';
import type { BackupPolicy } from './backup-policy';
import { retentionCheck } from './retention-check';
import { Schedule } from './schedule';
import type { Store } from './store-context';

export interface DailyBackupProps {
  readonly policy: BackupPolicy;
  readonly stores: readonly Store[];
  readonly encryptionKey: kms.IKey;
}

interface BackupParts {
  readonly vault: backup.BackupVault;
  readonly plan: backup.BackupPlan;
  readonly selection: backup.BackupSelection;
}

/** Snapshots that AWS Backup takes each day and keeps apart from the stores, in a vault. */
export class DailyBackup extends Construct {
  public constructor(scope: Construct, id: string, { policy, stores, encryptionKey }: DailyBackupProps) {
    super(scope, id);

    const name = Names.uniqueResourceName(this, { maxLength: 41 });
    const vault = new backup.BackupVault(this, 'Vault', {
      backupVaultName: `${name}-${stackSuffix()}`,
      encryptionKey,
      blockRecoveryPointDeletion: true,
      lockConfiguration: policy.lockVault ? { minRetention: policy.retention } : undefined,
      // a vault with backups cannot be deleted, and one without costs nothing
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const plan = new backup.BackupPlan(this, 'Plan', { backupPlanName: name, backupVault: vault });
    plan.addRule(
      new backup.BackupPlanRule({
        ruleName: 'daily',
        scheduleExpression: events.Schedule.expression(Schedule.SNAPSHOT),
        startWindow: Duration.hours(1),
        completionWindow: Duration.hours(4),
        deleteAfter: policy.retention,
        // continuous backup would take over the stores' own retention, which then drifts
        enableContinuousBackup: false,
      }),
    );
    const selection = plan.addSelection('Stores', {
      resources: stores.map((store) => backup.BackupResource.fromArn(store.arn)),
    });

    acknowledge(
      selection,
      'AWS keeps what its backup service needs',
      managedPolicy('service-role/AWSBackupServiceRolePolicyForBackup'),
    );
    this.claim({ vault, plan, selection }, { policy, stores, encryptionKey });
  }

  private claim({ vault, plan, selection }: BackupParts, { policy, stores, encryptionKey }: DailyBackupProps): void {
    const rule = ['BackupPlan', 'BackupPlanRule', '0'];

    const evidence = Evidence.of(this);
    evidence.claim(
      Requirement.DL_ENC_001,
      this,
      new ReferenceCheck('backups are under the customer key', cfn(vault), ['EncryptionKeyArn'], encryptionKey.keyArn),
    );
    evidence.claim(
      Requirement.DL_BACK_001,
      this,
      new ResourceCheck(
        'a backup is taken each day',
        cfn(plan),
        [...rule, 'ScheduleExpression'],
        Expectation.equals(Schedule.SNAPSHOT),
      ),
      retentionCheck(
        'a backup is kept over the retention',
        cfn(plan),
        [...rule, 'Lifecycle', 'DeleteAfterDays'],
        policy.retention,
      ),
      ...stores.map((store, index) => {
        const path = ['BackupSelection', 'Resources', `${index}`];
        return new ReferenceCheck(`${store.node.id} is backed up`, cfn(selection), path, store.arn);
      }),
    );
  }
}

function cfn(construct: Construct): CfnResource {
  return construct.node.defaultChild as CfnResource;
}

/** A vault outlives its stack: what differs from stack to stack lets the next one of the same name have its own. */
function stackSuffix(): string {
  const uuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return Fn.select(0, Fn.split('-', uuid));
}

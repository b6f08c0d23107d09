import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { BackupPolicy, type DailyBackupOptions } from '../../src/secure-database/backup-policy';
import { databaseStack } from './fixture';

function template(options: DailyBackupOptions = {}): Template {
  return Template.fromStack(databaseStack({ backup: BackupPolicy.daily(options) }).stack);
}

test('takes a snapshot at three in the morning and keeps it for 30 days', () => {
  template().hasResourceProperties('AWS::Backup::BackupPlan', {
    BackupPlan: {
      BackupPlanRule: [
        {
          RuleName: 'daily',
          ScheduleExpression: 'cron(0 3 * * ? *)',
          StartWindowMinutes: 60,
          CompletionWindowMinutes: 240,
          EnableContinuousBackup: false,
          Lifecycle: { DeleteAfterDays: 30 },
          TargetBackupVault: Match.anyValue(),
        },
      ],
    },
  });
});

test('selects both stores by their ARN', () => {
  const arn = (kind: string, logicalId: string) => ({
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':rds:',
        { Ref: 'AWS::Region' },
        ':',
        { Ref: 'AWS::AccountId' },
        `:${kind}:`,
        { Ref: logicalId },
      ],
    ],
  });

  template().hasResourceProperties('AWS::Backup::BackupSelection', {
    BackupSelection: {
      Resources: [arn('db', 'DatabasePostgresCFD870C2'), arn('cluster', 'DatabaseDocumentDb48E9E177')],
    },
  });
});

test('keeps the snapshots and the point-in-time recovery equally long', () => {
  const result = template({ retention: Duration.days(7) });

  result.hasResourceProperties('AWS::RDS::DBInstance', { BackupRetentionPeriod: 7 });
  result.hasResourceProperties('AWS::DocDB::DBCluster', { BackupRetentionPeriod: 7 });
  result.hasResourceProperties('AWS::Backup::BackupPlan', {
    BackupPlan: { BackupPlanRule: [Match.objectLike({ Lifecycle: { DeleteAfterDays: 7 } })] },
  });
});

test('lets nobody delete a snapshot before its time', () => {
  template().hasResourceProperties('AWS::Backup::BackupVault', {
    AccessPolicy: {
      Statement: [Match.objectLike({ Effect: 'Deny', Action: Match.arrayWith(['backup:DeleteRecoveryPoint']) })],
    },
    LockConfiguration: Match.absent(),
  });
});

test('locks the vault in governance mode on request', () => {
  const result = template({ lockVault: true, retention: Duration.days(14) });

  result.hasResourceProperties('AWS::Backup::BackupVault', { LockConfiguration: { MinRetentionDays: 14 } });
});

test('names the vault after its stack, which another stack of the same name does not repeat', () => {
  const [vault] = Object.values(template().findResources('AWS::Backup::BackupVault'));

  const name = vault.Properties.BackupVaultName;
  expect(name['Fn::Join'][1][0]).toBe('AcmedevelopmentDatabaseBackupEF2C1952-');
  expect(JSON.stringify(name)).toContain('AWS::StackId');
});

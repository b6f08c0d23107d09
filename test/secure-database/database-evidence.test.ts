import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, type CfnResource, Duration, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { expect, test } from 'vitest';
import { BackupPolicy } from '../../src/secure-database/backup-policy';
import { DocumentEngine } from '../../src/secure-database/document-engine';
import type { SecureDatabase } from '../../src/secure-database/secure-database';
import { databaseStack } from './fixture';

interface Verdict {
  readonly id: string;
  readonly result: string;
  readonly checks: readonly { statement: string; construct: string; actual: string; result: string }[];
}

function evidenceOf(app: App, id: string): Verdict {
  const { requirements } = JSON.parse(readFileSync(join(app.outdir, 'evidence', 'evidence.json'), 'utf-8'));
  return requirements.find((requirement: Verdict) => requirement.id === id);
}

function resource(database: SecureDatabase, path: string): CfnResource {
  const found = path.split('/').reduce((node: IConstruct, id) => node.node.findChild(id), database);
  return found as CfnResource;
}

test.each([
  ['SWREQ-DL-ENC-001', 19],
  ['SWREQ-DL-BACK-001', 7],
  ['SWREQ-IL-SEC-001', 5],
])('shows %s by %d checks that pass', (id, checks) => {
  const { app } = databaseStack();

  app.synth();

  expect(evidenceOf(app, id).result).toBe('passed');
  expect(evidenceOf(app, id).checks).toHaveLength(checks);
});

test('does not claim the initial schemas', () => {
  const { app } = databaseStack();

  app.synth();

  expect(evidenceOf(app, 'SWREQ-DL-STORE-001').result).toBe('not claimed');
});

test('does not claim a protection from deletion that is off', () => {
  const { app } = databaseStack({ deletionProtection: false });

  app.synth();

  const statements = evidenceOf(app, 'SWREQ-IL-SEC-001').checks.map((check) => check.statement);
  expect(statements).not.toContain('nobody deletes it by mistake');
});

test('holds for a retention that is known at deployment only', () => {
  const backup = BackupPolicy.daily({ retention: Duration.days(Token.asNumber({ Ref: 'Retention' })) });
  const { app } = databaseStack({ backup, document: DocumentEngine.none() });

  app.synth();

  expect(evidenceOf(app, 'SWREQ-DL-BACK-001').result).toBe('passed');
});

const RULE = 'BackupPlan.BackupPlanRule.0';
test.each([
  ['SWREQ-DL-ENC-001', 'Postgres/Resource/Resource', 'StorageEncrypted', false],
  ['SWREQ-DL-ENC-001', 'Postgres/Resource/Resource', 'KmsKeyId', 'alias/aws/rds'],
  ['SWREQ-DL-ENC-001', 'Postgres/Parameters/Resource', 'Parameters.rds\\.force_ssl', '0'],
  ['SWREQ-DL-ENC-001', 'Postgres/Parameters/Resource', 'Parameters.ssl_min_protocol_version', 'TLSv1'],
  ['SWREQ-DL-ENC-001', 'Postgres/Logs/postgresql/Resource', 'KmsKeyId', undefined],
  ['SWREQ-DL-ENC-001', 'DocumentDb/Resource/Resource', 'StorageEncrypted', false],
  ['SWREQ-DL-ENC-001', 'Postgres/Resource/Resource', 'DBParameterGroupName', 'default.postgres17'],
  ['SWREQ-DL-ENC-001', 'DocumentDb/Resource/Resource', 'DBClusterParameterGroupName', 'default.docdb5.0'],
  ['SWREQ-DL-ENC-001', 'DocumentDb/Parameters/Resource', 'Parameters.tls', 'disabled'],
  ['SWREQ-DL-ENC-001', 'Key/Resource', 'EnableKeyRotation', false],
  ['SWREQ-DL-ENC-001', 'Backup/Vault/Resource', 'EncryptionKeyArn', undefined],
  ['SWREQ-DL-BACK-001', 'Postgres/Resource/Resource', 'BackupRetentionPeriod', 29],
  ['SWREQ-DL-BACK-001', 'Postgres/Resource/Resource', 'DeleteAutomatedBackups', true],
  ['SWREQ-DL-BACK-001', 'DocumentDb/Resource/Resource', 'BackupRetentionPeriod', 1],
  ['SWREQ-DL-BACK-001', 'Backup/Plan/Resource', `${RULE}.ScheduleExpression`, 'cron(0 3 1 * ? *)'],
  ['SWREQ-DL-BACK-001', 'Backup/Plan/Resource', `${RULE}.Lifecycle.DeleteAfterDays`, 29],
  ['SWREQ-DL-BACK-001', 'Backup/Plan/Stores/Resource', 'BackupSelection.Resources.1', 'arn:aws:s3:::other'],
  ['SWREQ-IL-SEC-001', 'Postgres/Resource/Resource', 'PubliclyAccessible', true],
  ['SWREQ-IL-SEC-001', 'Postgres/Resource/Resource', 'DeletionProtection', false],
  ['SWREQ-IL-SEC-001', 'DocumentDb/Resource/Resource', 'ManageMasterUserPassword', false],
])('fails %s and synth when %s overrides %s by %j', (id, path, property, value) => {
  const { app, database } = databaseStack();

  resource(database, path).addPropertyOverride(property, value);

  expect(() => app.synth()).toThrow(id);
  expect(evidenceOf(app, id).result).toBe('failed');
  expect(evidenceOf(app, id).checks.filter((check) => check.result === 'failed')).toHaveLength(1);
});

test('accepts a longer retention than the policy asks for', () => {
  const { app, database } = databaseStack();

  resource(database, 'Postgres/Resource/Resource').addPropertyOverride('BackupRetentionPeriod', 35);

  expect(() => app.synth()).not.toThrow();
});

import { Size } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { PostgresVersion } from '../../src/secure-database/postgres-version';
import { type PostgresOptions, RelationalEngine } from '../../src/secure-database/relational-engine';
import { databaseStack } from './fixture';

const CUSTOMER_KEY = { 'Fn::GetAtt': ['DatabaseKey5E5D9547', 'Arn'] };

function template(options: PostgresOptions = {}): Template {
  return Template.fromStack(databaseStack({ relational: RelationalEngine.postgres(options) }).stack);
}

function hasInstance(properties: object, options?: PostgresOptions): void {
  template(options).hasResourceProperties('AWS::RDS::DBInstance', properties);
}

test('is PostgreSQL 17 on a small instance in one zone', () => {
  hasInstance({
    Engine: 'postgres',
    EngineVersion: '17',
    DBInstanceClass: 'db.t4g.small',
    MultiAZ: false,
    DBName: 'platform',
  });
});

test('is private, on a port of its own', () => {
  hasInstance({ PubliclyAccessible: false, Port: '5433', CACertificateIdentifier: 'rds-ca-rsa2048-g1' });
});

test('lets the service keep the password, under the customer key', () => {
  const { stack, database } = databaseStack();

  Template.fromStack(stack).hasResourceProperties('AWS::RDS::DBInstance', {
    MasterUsername: 'platform_admin',
    MasterUserPassword: Match.absent(),
    ManageMasterUserPassword: true,
    MasterUserSecret: { KmsKeyId: CUSTOMER_KEY },
    EnableIAMDatabaseAuthentication: true,
  });
  expect(stack.resolve(database.relational?.secret?.secretArn)).toEqual({
    'Fn::GetAtt': ['DatabasePostgresCFD870C2', 'MasterUserSecret.SecretArn'],
  });
});

test('encrypts storage and performance data under the customer key', () => {
  hasInstance({
    StorageEncrypted: true,
    KmsKeyId: CUSTOMER_KEY,
    StorageType: 'gp3',
    AllocatedStorage: '20',
    EnablePerformanceInsights: true,
    PerformanceInsightsKMSKeyId: CUSTOMER_KEY,
    DatabaseInsightsMode: 'standard',
  });
});

test('refuses connections without TLS 1.2, and logs who comes, what is slow and what changes the schema', () => {
  template().hasResourceProperties('AWS::RDS::DBParameterGroup', {
    Family: 'postgres17',
    Parameters: {
      'rds.force_ssl': '1',
      ssl_min_protocol_version: 'TLSv1.2',
      'rds.accepted_password_auth_method': 'scram',
      password_encryption: 'scram-sha-256',
      log_connections: '1',
      log_disconnections: '1',
      log_statement: 'ddl',
      log_min_duration_statement: '1000',
      shared_preload_libraries: 'pg_stat_statements,pgaudit',
      'pgaudit.log': 'ddl,role',
    },
  });
  hasInstance({ DBParameterGroupName: { Ref: Match.stringLikeRegexp('^DatabasePostgresParameters') } });
});

test('exports its logs to groups that are there first, with key and retention', () => {
  const result = template();

  for (const log of ['postgresql', 'upgrade', 'iam-db-auth-error']) {
    result.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: `/aws/rds/instance/acme-development-database-postgres-eed981d9/${log}`,
      KmsKeyId: CUSTOMER_KEY,
      RetentionInDays: 90,
    });
  }
  result.hasResource('AWS::RDS::DBInstance', {
    Properties: {
      DBInstanceIdentifier: 'acme-development-database-postgres-eed981d9',
      EnableCloudwatchLogsExports: ['postgresql', 'upgrade', 'iam-db-auth-error'],
    },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^DatabasePostgresLogspostgresql')]),
  });
});

test('restores to any moment of 30 days, from backups that outlive it', () => {
  hasInstance({
    BackupRetentionPeriod: 30,
    DeleteAutomatedBackups: false,
    CopyTagsToSnapshot: true,
    PreferredBackupWindow: '01:00-02:00',
  });
});

test('is watched and kept up to date', () => {
  hasInstance({
    MonitoringInterval: 60,
    AutoMinorVersionUpgrade: true,
    EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
    PreferredMaintenanceWindow: 'sun:05:30-sun:06:30',
  });
});

describe.each([PostgresVersion.V16, PostgresVersion.V17, PostgresVersion.V18])('version %s', (version) => {
  test('has the parameters of its family', () => {
    const result = template({ version });

    result.hasResourceProperties('AWS::RDS::DBInstance', { EngineVersion: version.major });
    result.hasResourceProperties('AWS::RDS::DBParameterGroup', { Family: `postgres${version.major}` });
  });
});

test('takes another size, also when the database is highly available', () => {
  const relational = RelationalEngine.postgres({
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7G, ec2.InstanceSize.LARGE),
    storage: Size.gibibytes(100),
  });

  Template.fromStack(databaseStack({ relational, highlyAvailable: true }).stack).hasResourceProperties(
    'AWS::RDS::DBInstance',
    { DBInstanceClass: 'db.m7g.large', AllocatedStorage: '100', MultiAZ: true },
  );
});

test('fails with less storage than gp3 has', () => {
  expect(() => RelationalEngine.postgres({ storage: Size.gibibytes(5) })).toThrow(
    "'storage' must be at least 20 GiB, got 5",
  );
});

test.each(['', '17.4', 'latest'])('fails with %j for a major version', (major) => {
  expect(() => PostgresVersion.of(major)).toThrow(`'major' must be a major version of two digits, got '${major}'`);
});

import { Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { expect, test } from 'vitest';
import { type DocumentDbOptions, DocumentEngine } from '../../src/secure-database/document-engine';
import { databaseStack } from './fixture';

const CUSTOMER_KEY = { 'Fn::GetAtt': ['DatabaseKey5E5D9547', 'Arn'] };

function template(options: DocumentDbOptions = {}): Template {
  return Template.fromStack(databaseStack({ document: DocumentEngine.documentDb(options) }).stack);
}

function hasCluster(properties: object): void {
  template().hasResourceProperties('AWS::DocDB::DBCluster', properties);
}

test('is DocumentDB 5.0 on one instance', () => {
  const result = template();

  result.hasResourceProperties('AWS::DocDB::DBCluster', { EngineVersion: '5.0.0', Port: 27018 });
  result.resourceCountIs('AWS::DocDB::DBInstance', 1);
  result.hasResourceProperties('AWS::DocDB::DBInstance', {
    DBInstanceClass: 'db.t4g.medium',
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
  });
});

test('encrypts storage under the customer key', () => {
  hasCluster({ StorageEncrypted: true, KmsKeyId: CUSTOMER_KEY });
});

test('lets the service keep and rotate the password, under the customer key', () => {
  const { stack, database } = databaseStack();

  Template.fromStack(stack).hasResourceProperties('AWS::DocDB::DBCluster', {
    MasterUsername: 'platform_admin',
    MasterUserPassword: Match.absent(),
    ManageMasterUserPassword: true,
    MasterUserSecretKmsKeyId: CUSTOMER_KEY,
  });
  expect(database.document?.secret).toBeUndefined();
});

test('refuses connections without TLS 1.2, and writes audit and profiler logs', () => {
  template().hasResourceProperties('AWS::DocDB::DBClusterParameterGroup', {
    Family: 'docdb5.0',
    Parameters: {
      tls: 'tls1.2+',
      audit_logs: 'enabled',
      profiler: 'enabled',
      profiler_threshold_ms: '200',
      ttl_monitor: 'enabled',
    },
  });
  hasCluster({ DBClusterParameterGroupName: { Ref: Match.stringLikeRegexp('^DatabaseDocumentDbParameters') } });
});

test('exports its logs to groups that are there first, with key and retention', () => {
  const result = template();

  for (const log of ['audit', 'profiler']) {
    result.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: `/aws/docdb/acme-development-database-documentdb-edda2ffb/${log}`,
      KmsKeyId: CUSTOMER_KEY,
      RetentionInDays: 90,
    });
  }
  result.hasResource('AWS::DocDB::DBCluster', {
    Properties: {
      DBClusterIdentifier: 'acme-development-database-documentdb-edda2ffb',
      EnableCloudwatchLogsExports: ['audit', 'profiler'],
    },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^DatabaseDocumentDbLogsaudit')]),
  });
});

test('restores to any moment of 30 days, and is maintained when no backup runs', () => {
  const result = template();

  result.hasResourceProperties('AWS::DocDB::DBCluster', {
    BackupRetentionPeriod: 30,
    CopyTagsToSnapshot: true,
    PreferredBackupWindow: '01:00-02:00',
    PreferredMaintenanceWindow: 'sun:05:30-sun:06:30',
  });
  result.hasResourceProperties('AWS::DocDB::DBInstance', { PreferredMaintenanceWindow: 'sun:05:30-sun:06:30' });
});

test('takes another number and size of instances', () => {
  const instanceType = ec2.InstanceType.of(ec2.InstanceClass.R6G, ec2.InstanceSize.LARGE);

  const result = template({ instances: 3, instanceType });

  result.resourceCountIs('AWS::DocDB::DBInstance', 3);
  result.allResourcesProperties('AWS::DocDB::DBInstance', { DBInstanceClass: 'db.r6g.large' });
});

test.each([0, -1, 1.5, 17])('fails with %d instances', (instances) => {
  expect(() => DocumentEngine.documentDb({ instances })).toThrow(
    `'instances' must be a whole number from 1 to 16, got ${instances}`,
  );
});

test('lets a number of instances through that is not known yet', () => {
  expect(() => DocumentEngine.documentDb({ instances: Token.asNumber({ Ref: 'Instances' }) })).not.toThrow();
});

import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { describe, expect, test } from 'vitest';
import { BackupPolicy } from '../../src/secure-database/backup-policy';
import { DocumentEngine } from '../../src/secure-database/document-engine';
import { RelationalEngine } from '../../src/secure-database/relational-engine';
import { SecureDatabase } from '../../src/secure-database/secure-database';
import { databaseStack, existingVpc } from './fixture';

const CUSTOMER_KEY = { 'Fn::GetAtt': ['DatabaseKey5E5D9547', 'Arn'] };

function template(...args: Parameters<typeof databaseStack>): Template {
  return Template.fromStack(databaseStack(...args).stack);
}

describe('by default', () => {
  test('runs PostgreSQL and DocumentDB', () => {
    const { stack, database } = databaseStack();

    expect(stack.resolve(database.relational?.hostname)).toEqual({
      'Fn::GetAtt': ['DatabasePostgresCFD870C2', 'Endpoint.Address'],
    });
    expect(stack.resolve(database.document?.hostname)).toEqual({
      'Fn::GetAtt': ['DatabaseDocumentDb48E9E177', 'Endpoint'],
    });
    Template.fromStack(stack).resourceCountIs('AWS::RDS::DBInstance', 1);
    Template.fromStack(stack).resourceCountIs('AWS::DocDB::DBCluster', 1);
  });

  test('encrypts everything under one customer key that rotates and stays', () => {
    const result = template();

    result.resourceCountIs('AWS::KMS::Key', 1);
    result.hasResource('AWS::KMS::Key', {
      Properties: { EnableKeyRotation: true },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    result.allResourcesProperties('AWS::RDS::DBInstance', { KmsKeyId: CUSTOMER_KEY });
    result.allResourcesProperties('AWS::DocDB::DBCluster', { KmsKeyId: CUSTOMER_KEY });
    result.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: CUSTOMER_KEY });
    result.allResourcesProperties('AWS::Backup::BackupVault', { EncryptionKeyArn: CUSTOMER_KEY });
  });

  test('lets CloudWatch Logs use the key for the logs of the stores and no others', () => {
    const logsOf = (path: string) =>
      Match.objectLike({
        Effect: 'Allow',
        Principal: { Service: 'logs.eu-central-1.amazonaws.com' },
        Condition: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': {
              'Fn::Join': [
                '',
                ['arn:', { Ref: 'AWS::Partition' }, `:logs:eu-central-1:111111111111:log-group:${path}/*`],
              ],
            },
          },
        },
      });

    template({}, { env: { account: '111111111111', region: 'eu-central-1' } }).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: [
          Match.objectLike({ Action: 'kms:*' }),
          logsOf('/aws/rds/instance/acme-development-database-postgres-eed981d9'),
          logsOf('/aws/docdb/acme-development-database-documentdb-edda2ffb'),
        ],
      },
    });
  });

  test('stands in the isolated subnets', () => {
    const subnets = { SubnetIds: ['subnet-2222222a', 'subnet-2222222b'] };
    const result = template();

    result.hasResourceProperties('AWS::RDS::DBSubnetGroup', subnets);
    result.hasResourceProperties('AWS::DocDB::DBSubnetGroup', subnets);
  });

  test('lets nobody in, and nothing out', () => {
    const result = template();

    result.resourceCountIs('AWS::EC2::SecurityGroup', 2);
    result.allResourcesProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
    result.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    result.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
  });

  test('prevents deletion, and takes a snapshot when the stores leave the stack', () => {
    const result = template();

    for (const type of ['AWS::RDS::DBInstance', 'AWS::DocDB::DBCluster']) {
      result.hasResource(type, { Properties: { DeletionProtection: true }, DeletionPolicy: 'Snapshot' });
    }
  });
});

describe('connections', () => {
  test('open a store on its own port to a security group', () => {
    const { stack, vpc, database } = databaseStack();
    const service = new ec2.SecurityGroup(stack, 'Service', { vpc });

    database.relational?.connections.allowDefaultPortFrom(service);
    database.document?.connections.allowDefaultPortFrom(service);

    const result = Template.fromStack(stack);
    result.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 5433, ToPort: 5433 });
    result.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 27018, ToPort: 27018 });
    expect([database.relational?.port, database.document?.port]).toEqual([5433, 27018]);
  });
});

describe('engines', () => {
  test('can be PostgreSQL alone', () => {
    const { stack, database } = databaseStack({ document: DocumentEngine.none() });

    expect(database.document).toBeUndefined();
    Template.fromStack(stack).resourceCountIs('AWS::DocDB::DBCluster', 0);
    Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupSelection: { Resources: [Match.anyValue()] },
    });
  });

  test('can be DocumentDB alone', () => {
    const { stack, database } = databaseStack({ relational: RelationalEngine.none() });

    expect(database.relational).toBeUndefined();
    Template.fromStack(stack).resourceCountIs('AWS::RDS::DBInstance', 0);
  });

  test('fails without any', () => {
    expect(() => databaseStack({ relational: RelationalEngine.none(), document: DocumentEngine.none() })).toThrow(
      "'relational' and 'document' must not both be 'none()'",
    );
  });
});

describe('high availability', () => {
  test('keeps a standby of PostgreSQL and a second instance of DocumentDB', () => {
    const result = template({ highlyAvailable: true });

    result.hasResourceProperties('AWS::RDS::DBInstance', { MultiAZ: true, DBInstanceClass: 'db.t4g.medium' });
    result.resourceCountIs('AWS::DocDB::DBInstance', 2);
  });
});

describe('removal', () => {
  test.each([
    [RemovalPolicy.RETAIN, 'Retain'],
    [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate'],
  ])('keeps with %s all that belongs to a store', (removalPolicy, expected) => {
    const resources = Object.entries(template({ removalPolicy }).toJSON().Resources as Record<string, object>);

    const stores = resources.filter(([logicalId]) => /^Database(Postgres|DocumentDb)/.test(logicalId));
    expect(stores.length).toBeGreaterThan(10);
    for (const [, resource] of stores) {
      expect(resource).toHaveProperty('DeletionPolicy', expected);
    }
  });

  test('destroys the stores and keeps key and backups', () => {
    const result = template({ removalPolicy: RemovalPolicy.DESTROY, deletionProtection: false });

    for (const type of ['AWS::RDS::DBInstance', 'AWS::DocDB::DBCluster']) {
      result.hasResource(type, { Properties: { DeletionProtection: false }, DeletionPolicy: 'Delete' });
    }
    for (const type of ['AWS::KMS::Key', 'AWS::Backup::BackupVault']) {
      result.hasResource(type, { DeletionPolicy: 'RetainExceptOnCreate' });
    }
  });
});

describe('encryption key', () => {
  test('can come from another stack', () => {
    const app = new App();
    const keys = new Stack(app, 'Keys');
    const encryptionKey = new kms.Key(keys, 'Key');
    const stack = new Stack(app, 'Stack');

    const database = new SecureDatabase(stack, 'Database', { vpc: existingVpc(stack), encryptionKey });

    expect(database.encryptionKey).toBe(encryptionKey);
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
    Template.fromStack(keys).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Condition: Match.anyValue() })]) },
    });
  });

  test('can be imported', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const arn = 'arn:aws:kms:eu-central-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', arn);

    new SecureDatabase(stack, 'Database', { vpc: existingVpc(stack), encryptionKey });

    Template.fromStack(stack).hasResourceProperties('AWS::RDS::DBInstance', { KmsKeyId: arn });
  });
});

describe('network', () => {
  test('can be defined beside the database', () => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'eu-central-1' } });
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
      subnetConfiguration: [{ name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });

    new SecureDatabase(stack, 'Database', { vpc });

    Template.fromStack(stack).hasResourceProperties('AWS::RDS::DBSubnetGroup', {
      SubnetIds: [{ Ref: Match.stringLikeRegexp('^Vpcdata') }, { Ref: Match.stringLikeRegexp('^Vpcdata') }],
    });
  });

  test('may be the private subnets instead', () => {
    const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };

    template({ vpcSubnets }).hasResourceProperties('AWS::DocDB::DBSubnetGroup', {
      SubnetIds: ['subnet-1111111a', 'subnet-1111111b'],
    });
  });

  test('fails when the network has no isolated subnets', () => {
    const stack = new Stack(new App(), 'Stack');
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-0a1b2c3d',
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
      publicSubnetIds: ['subnet-0000000a', 'subnet-0000000b'],
    });

    expect(() => new SecureDatabase(stack, 'Database', { vpc })).toThrow(
      "'vpc' must have at least 2 isolated subnets unless 'vpcSubnets' selects others, got 0",
    );
  });

  test('fails in public subnets', () => {
    expect(() => databaseStack({ vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } })).toThrow(
      "'vpcSubnets' must not select public subnets",
    );
  });

  test('fails in a single subnet', () => {
    const stack = new Stack(new App(), 'Stack');
    const vpc = existingVpc(stack);
    const vpcSubnets = { subnets: [vpc.isolatedSubnets[0]] };

    expect(() => new SecureDatabase(stack, 'Database', { vpc, vpcSubnets })).toThrow(
      "'vpcSubnets' must select at least 2 subnets, got 1",
    );
  });
});

describe('names', () => {
  test('of stores differ for two databases in one stack', () => {
    const { stack, vpc } = databaseStack();

    new SecureDatabase(stack, 'Other', { vpc, backup: BackupPolicy.daily({ retention: Duration.days(7) }) });

    const clusters = Template.fromStack(stack).findResources('AWS::DocDB::DBCluster');
    const names = Object.values(clusters).map((cluster) => cluster.Properties.DBClusterIdentifier);
    expect(new Set(names).size).toBe(2);
  });

  test('are legal for a long stack name with hyphens', () => {
    const stack = new Stack(new App(), 'Stack', { stackName: `A--${'very-long-'.repeat(9)}name-` });

    new SecureDatabase(stack, 'Database', { vpc: existingVpc(stack) });

    for (const type of ['AWS::RDS::DBInstance', 'AWS::DocDB::DBCluster']) {
      const [{ Properties }] = Object.values(Template.fromStack(stack).findResources(type));
      expect(Properties.DBInstanceIdentifier ?? Properties.DBClusterIdentifier).toMatch(/^[a-z](-?[a-z0-9]){0,62}$/);
    }
  });

  test('are the same in every synthesis', () => {
    expect(template().toJSON()).toEqual(template().toJSON());
  });
});

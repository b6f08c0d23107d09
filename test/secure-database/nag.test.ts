import { type App, RemovalPolicy, type StackProps, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as rds from 'aws-cdk-lib/aws-rds';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { expect, test } from 'vitest';
import type { SecureDatabaseProps } from '../../src/secure-database/secure-database';
import { databaseStack } from './fixture';

const PACKS = [AwsSolutionsChecks, NIST80053R5Checks, HIPAASecurityChecks, PCIDSS321Checks];
const BOUND: StackProps = { env: { account: '111111111111', region: 'eu-central-1' } };

function addPacks(app: App): void {
  Validations.of(app).addPlugins(...PACKS.map((Pack) => new Pack(app)));
}

const variants: [string, Partial<SecureDatabaseProps>, StackProps][] = [
  ['by default', {}, {}],
  ['with an account and a region', {}, BOUND],
  ['highly available', { highlyAvailable: true }, {}],
  ['to come and go', { deletionProtection: false, removalPolicy: RemovalPolicy.DESTROY }, {}],
];
test.each(variants)('has no open finding of cdk-nag %s', (_, props, stackProps) => {
  const { app, stack, vpc, database } = databaseStack(props, stackProps);
  const service = new ec2.SecurityGroup(stack, 'Service', { vpc });
  database.relational?.connections.allowDefaultPortFrom(service);
  database.document?.connections.allowDefaultPortFrom(service);
  addPacks(app);

  expect(() => app.synth()).not.toThrow();
});

test('accepts one zone only where it was chosen', () => {
  const { app, database } = databaseStack({ highlyAvailable: true });
  const instance = database.relational?.node.findChild('Resource').node.defaultChild as rds.CfnDBInstance;
  instance.multiAz = false;
  addPacks(app);

  expect(() => app.synth()).toThrow('AwsSolutions-RDS3');
});

import { App, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { SecureDatabase, type SecureDatabaseProps } from '../../src/secure-database/secure-database';

/** A stack of its own with a database in a network that exists already. */
export function databaseStack(props: Partial<SecureDatabaseProps> = {}, stackProps: StackProps = {}) {
  const app = new App();
  const stack = new Stack(app, 'Acme-development', stackProps);
  const vpc = existingVpc(stack);
  const database = new SecureDatabase(stack, 'Database', { vpc, ...props });
  return { app, stack, vpc, database };
}

export function existingVpc(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0a1b2c3d',
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    publicSubnetIds: ['subnet-0000000a', 'subnet-0000000b'],
    privateSubnetIds: ['subnet-1111111a', 'subnet-1111111b'],
    isolatedSubnetIds: ['subnet-2222222a', 'subnet-2222222b'],
  });
}

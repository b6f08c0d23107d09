import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { IDatabaseStore } from './database-store';

/** What every store of a database shares. */
export interface StoreContext {
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets: ec2.SubnetSelection;
  readonly encryptionKey: kms.IKey;
  /** How far back a store can be restored to a point in time. */
  readonly backupRetention: Duration;
  readonly highlyAvailable: boolean;
  readonly deletionProtection: boolean;
  readonly removalPolicy: RemovalPolicy;
  readonly logRetention: RetentionDays;
}

/** A store as its database sees it. */
export interface Store extends IDatabaseStore {
  /** What AWS Backup selects it by. */
  readonly arn: string;
}

/** Defines the store of an engine. */
export type StoreFactory = (scope: Construct, context: StoreContext) => Store;

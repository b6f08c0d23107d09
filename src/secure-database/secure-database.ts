import { RemovalPolicies, RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { CustomerKey } from '../security/customer-key';
import { BackupPolicy } from './backup-policy';
import { DailyBackup } from './daily-backup';
import type { IDatabaseStore } from './database-store';
import { DocumentEngine } from './document-engine';
import { RelationalEngine } from './relational-engine';
import type { Store, StoreContext } from './store-context';
import { storeSubnets } from './store-subnets';

const RETAINING = [RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE];

/** Properties of a SecureDatabase. */
export interface SecureDatabaseProps {
  /** The network that the stores stand in. */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets for the stores: two or more, in different zones, none of them public.
   *
   * @default - the isolated subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * What keeps the relational data.
   *
   * @default RelationalEngine.postgres()
   */
  readonly relational?: RelationalEngine;

  /**
   * What keeps the documents.
   *
   * @default DocumentEngine.documentDb()
   */
  readonly document?: DocumentEngine;

  /**
   * When backups are taken, and how long they are kept.
   *
   * @default BackupPolicy.daily()
   */
  readonly backup?: BackupPolicy;

  /**
   * The key for storage, snapshots, passwords, logs and the backup vault.
   *
   * The policy of an imported key is not changed: it must let CloudWatch Logs use the key. The stores keep the key that
   * they were created with, CloudFormation refuses another.
   *
   * @default - a new customer key that rotates each year
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether the stores survive the loss of a zone: a standby for PostgreSQL, a second instance for DocumentDB.
   *
   * @default false
   */
  readonly highlyAvailable?: boolean;

  /**
   * Whether the stores refuse to be deleted until this is switched off.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;

  /**
   * What becomes of the stores when they leave the stack. The key and the backup vault stay in any case.
   *
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * How long the logs of the stores are kept.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * PostgreSQL and a document store, each encrypted under a customer key, reached by TLS only, and backed up daily.
 *
 * @example
 * const database = new SecureDatabase(this, 'Database', { vpc });
 */
export class SecureDatabase extends Construct {
  /** The relational store, if there is one. */
  public readonly relational?: IDatabaseStore;

  /** The document store, if there is one. */
  public readonly document?: IDatabaseStore;

  /** The key for everything that is stored. */
  public readonly encryptionKey: kms.IKey;

  /**
   * Defines the stores, their key and their backups.
   *
   * @param scope the parent
   * @param id the id within the parent
   * @param props where the stores stand, and which they are
   * @throws if there is no store to define, or the VPC has too few subnets to put it in
   */
  public constructor(scope: Construct, id: string, props: SecureDatabaseProps) {
    super(scope, id);

    const relational = props.relational ?? RelationalEngine.postgres();
    const document = props.document ?? DocumentEngine.documentDb();
    const backup = props.backup ?? BackupPolicy.daily();

    this.encryptionKey = CustomerKey.orNew(
      this,
      'Key',
      props.encryptionKey,
      `Data, backups, logs and passwords of ${this.node.path}`,
    );
    const context: StoreContext = {
      vpc: props.vpc,
      vpcSubnets: storeSubnets(props.vpc, props.vpcSubnets),
      encryptionKey: this.encryptionKey,
      backupRetention: backup.retention,
      highlyAvailable: props.highlyAvailable ?? false,
      deletionProtection: props.deletionProtection ?? true,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.SNAPSHOT,
      logRetention: props.logRetention ?? logs.RetentionDays.THREE_MONTHS,
    };
    const relationalStore = relational._bind(this, context);
    const documentStore = document._bind(this, context);
    const stores = [relationalStore, documentStore].filter((store) => store !== undefined);
    if (stores.length === 0) {
      throw new Error("'relational' and 'document' must not both be 'none()'");
    }
    retain(stores, context.removalPolicy);
    new DailyBackup(this, 'Backup', { policy: backup, stores, encryptionKey: this.encryptionKey });

    this.relational = relationalStore;
    this.document = documentStore;
  }
}

/** A store that stays needs all that belongs to it: parameters, subnets, security group, monitoring role, logs. */
function retain(stores: readonly Store[], policy: RemovalPolicy): void {
  if (RETAINING.includes(policy)) {
    for (const store of stores) {
      RemovalPolicies.of(store).apply(policy);
    }
  }
}

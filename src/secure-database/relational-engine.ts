import { type Size, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { PostgresInstance } from './postgres-instance';
import type { PostgresVersion } from './postgres-version';
import type { Store, StoreContext, StoreFactory } from './store-context';

/** The least that gp3 storage holds. */
const SMALLEST_STORAGE_GIB = 20;

/** Options of PostgreSQL. */
export interface PostgresOptions {
  /**
   * The major version. A later change is a major upgrade, which needs its own preparation.
   *
   * @default PostgresVersion.V17
   */
  readonly version?: PostgresVersion;

  /**
   * The size of the instance.
   *
   * @default - t4g.small, or t4g.medium when the database is highly available
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * The storage, at least 20 GiB.
   *
   * @default Size.gibibytes(20)
   */
  readonly storage?: Size;
}

/** What keeps the relational data of a database. */
export class RelationalEngine {
  /**
   * PostgreSQL on an RDS instance, with a database named `platform`.
   *
   * @param options the version and the size of the instance
   * @throws if the storage is below 20 GiB
   */
  public static postgres(options: PostgresOptions = {}): RelationalEngine {
    const storage = options.storage?.toGibibytes();
    if (storage !== undefined && !Token.isUnresolved(storage) && storage < SMALLEST_STORAGE_GIB) {
      throw new Error(`'storage' must be at least ${SMALLEST_STORAGE_GIB} GiB, got ${storage}`);
    }
    return new RelationalEngine(
      (scope, context) => new PostgresInstance(scope, 'Postgres', { ...context, ...options }),
    );
  }

  /** No relational store. */
  public static none(): RelationalEngine {
    return new RelationalEngine();
  }

  private constructor(private readonly factory?: StoreFactory) {}

  /** @internal */
  public _bind(scope: Construct, context: StoreContext): Store | undefined {
    return this.factory?.(scope, context);
  }
}

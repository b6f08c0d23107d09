import { Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { DocumentDbCluster } from './document-db-cluster';
import type { Store, StoreContext, StoreFactory } from './store-context';

/** The most instances that a DocumentDB cluster takes. */
const MOST_INSTANCES = 16;

/** Options of DocumentDB. */
export interface DocumentDbOptions {
  /**
   * The size of each instance.
   *
   * @default - t4g.medium
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * The number of instances, from 1 to 16; every further one can take over, and serves reads until then.
   *
   * @default - 1, or 2 when the database is highly available
   */
  readonly instances?: number;
}

/** What keeps the documents of a database, by the protocol of MongoDB. */
export class DocumentEngine {
  /**
   * DocumentDB 5.0.
   *
   * @param options the size of the cluster
   * @throws if the number of instances is out of range
   */
  public static documentDb(options: DocumentDbOptions = {}): DocumentEngine {
    const { instances } = options;
    if (instances !== undefined && !Token.isUnresolved(instances)) {
      if (!Number.isInteger(instances) || instances < 1 || instances > MOST_INSTANCES) {
        throw new Error(`'instances' must be a whole number from 1 to ${MOST_INSTANCES}, got ${instances}`);
      }
    }
    return new DocumentEngine(
      (scope, context) => new DocumentDbCluster(scope, 'DocumentDb', { ...context, ...options }),
    );
  }

  /** No document store. */
  public static none(): DocumentEngine {
    return new DocumentEngine();
  }

  private constructor(private readonly factory?: StoreFactory) {}

  /** @internal */
  public _bind(scope: Construct, context: StoreContext): Store | undefined {
    return this.factory?.(scope, context);
  }
}

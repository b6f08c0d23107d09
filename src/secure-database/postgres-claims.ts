import type { CfnResource } from 'aws-cdk-lib';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { ReferenceCheck } from '../evidence/reference-check';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';
import { claimStore } from './store-claims';
import type { Store, StoreContext } from './store-context';

/** The resources that show how PostgreSQL is set up. */
export interface PostgresResources {
  readonly instance: CfnResource;
  readonly parameters: CfnResource;
}

/** Claims what holds for PostgreSQL on an RDS instance. */
export function claimPostgres(store: Store, { instance, parameters }: PostgresResources, context: StoreContext): void {
  const isUnderKey = (statement: string, ...path: string[]) =>
    new ReferenceCheck(statement, instance, path, context.encryptionKey.keyArn);
  const parameter = (statement: string, name: string, value: string) =>
    new ResourceCheck(statement, parameters, ['Parameters', name], Expectation.equals(value));

  claimStore(store, instance, context);
  const evidence = Evidence.of(store);
  evidence.claim(
    Requirement.DL_ENC_001,
    store,
    new ReferenceCheck('its parameters are these', instance, ['DBParameterGroupName'], parameters.ref),
    parameter('connections without TLS are refused', 'rds.force_ssl', '1'),
    parameter('TLS is 1.2 or newer', 'ssl_min_protocol_version', 'TLSv1.2'),
    isUnderKey('the password is under the customer key', 'MasterUserSecret', 'KmsKeyId'),
    isUnderKey('performance data is under the customer key', 'PerformanceInsightsKMSKeyId'),
  );
  evidence.claim(
    Requirement.DL_BACK_001,
    store,
    new ResourceCheck('backups outlive the instance', instance, ['DeleteAutomatedBackups'], Expectation.equals(false)),
  );
  evidence.claim(
    Requirement.IL_SEC_001,
    store,
    new ResourceCheck('it has no public address', instance, ['PubliclyAccessible'], Expectation.equals(false)),
  );
}

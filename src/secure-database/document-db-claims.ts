import type { CfnResource } from 'aws-cdk-lib';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { ReferenceCheck } from '../evidence/reference-check';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';
import { claimStore } from './store-claims';
import type { Store, StoreContext } from './store-context';

/** The resources that show how DocumentDB is set up. */
export interface DocumentDbResources {
  readonly cluster: CfnResource;
  readonly parameters: CfnResource;
}

/** Claims what holds for a DocumentDB cluster. */
export function claimDocumentDb(
  store: Store,
  { cluster, parameters }: DocumentDbResources,
  context: StoreContext,
): void {
  claimStore(store, cluster, context);
  Evidence.of(store).claim(
    Requirement.DL_ENC_001,
    store,
    new ReferenceCheck('its parameters are these', cluster, ['DBClusterParameterGroupName'], parameters.ref),
    new ResourceCheck(
      'connections need TLS 1.2 or newer',
      parameters,
      ['Parameters', 'tls'],
      Expectation.equals('tls1.2+'),
    ),
    new ReferenceCheck(
      'the password is under the customer key',
      cluster,
      ['MasterUserSecretKmsKeyId'],
      context.encryptionKey.keyArn,
    ),
  );
}

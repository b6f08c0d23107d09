import { Names } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * A name that is known at synthesis, so that the log groups of a store can be defined before the store.
 *
 * It also makes CloudFormation refuse a change that would put an empty store in the place of a full one.
 */
export function storeIdentifier(store: IConstruct): string {
  const name = Names.uniqueResourceName(store, { maxLength: 60, separator: '-', allowedSpecialCharacters: '-' });
  return name.toLowerCase().replace(/-+/g, '-');
}

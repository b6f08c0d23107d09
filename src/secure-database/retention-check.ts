import { type CfnResource, type Duration, Token } from 'aws-cdk-lib';
import type { Check } from '../evidence/check';
import { Expectation } from '../evidence/expectation';
import { ReferenceCheck } from '../evidence/reference-check';
import { ResourceCheck } from '../evidence/resource-check';

/** One property that holds days, no fewer than the retention; the retention itself while its days are not known yet. */
export function retentionCheck(statement: string, resource: CfnResource, path: string[], retention: Duration): Check {
  const days = retention.toDays();
  return Token.isUnresolved(days)
    ? new ReferenceCheck(statement, resource, path, days)
    : new ResourceCheck(statement, resource, path, Expectation.atLeast(days));
}

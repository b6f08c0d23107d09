import { type CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';

/** Defines the customer key of one database. */
export function defineDatabaseKey(scope: Construct, id: string): kms.Key {
  const key = new kms.Key(scope, id, {
    description: `Data, backups, logs and passwords of ${scope.node.path}`,
    enableKeyRotation: true,
    // snapshots and backups that outlive the stack cannot be read without it
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });

  const resource = key.node.defaultChild as CfnResource;
  Evidence.of(key).claim(
    Requirement.DL_ENC_001,
    key,
    new ResourceCheck('the customer key rotates', resource, ['EnableKeyRotation'], Expectation.equals(true)),
  );
  return key;
}

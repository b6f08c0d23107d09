import { type Acknowledgment, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { acknowledge, managedPolicy } from '../security/acknowledge';
import type { StoreContext } from './store-context';

const ONE_ZONE = 'one zone is enough where nobody waits for the data: highlyAvailable is off';
const DELETABLE = 'this database is meant to come and go: deletionProtection is off';

/** Accepts the findings of cdk-nag that follow from what the user chose, and one that always comes. */
export function acknowledgePostgres(instance: IConstruct, context: StoreContext): void {
  acknowledge(
    instance,
    'AWS keeps what the enhanced monitoring of RDS needs',
    managedPolicy('service-role/AmazonRDSEnhancedMonitoringRole'),
  );
  const rules: Acknowledgment[] = [];
  if (!context.highlyAvailable) {
    rules.push(
      { id: 'AwsSolutions::AwsSolutions-RDS3', reason: ONE_ZONE },
      { id: 'NIST.800.53.R5::NIST.800.53.R5-RDSMultiAZSupport', reason: ONE_ZONE },
      { id: 'HIPAA.Security::HIPAA.Security-RDSMultiAZSupport', reason: ONE_ZONE },
    );
  }
  if (!context.deletionProtection) {
    rules.push(
      { id: 'AwsSolutions::AwsSolutions-RDS10', reason: DELETABLE },
      { id: 'NIST.800.53.R5::NIST.800.53.R5-RDSInstanceDeletionProtectionEnabled', reason: DELETABLE },
      { id: 'HIPAA.Security::HIPAA.Security-RDSInstanceDeletionProtectionEnabled', reason: DELETABLE },
    );
  }
  Validations.of(instance).acknowledge(...rules);
}

import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';
import { CustomerKey } from '../security/customer-key';

export interface FlowLogsProps {
  readonly vpc: ec2.IVpc;
  /** A new one when left out. */
  readonly encryptionKey?: kms.IKey;
  readonly retention: logs.RetentionDays;
}

/** Logs every flow of a network under a customer key, and shows it. */
export function logFlows(network: Construct, { vpc, encryptionKey, retention }: FlowLogsProps): void {
  const key = CustomerKey.orNew(network, 'Key', encryptionKey, `Flow logs of ${network.node.path}`);
  // CloudFormation names the group after its stack
  CustomerKey.allowLogs(key, network, `${Stack.of(network).stackName}-*`);
  const logGroup = new logs.LogGroup(network, 'FlowLogGroup', { encryptionKey: key, retention });
  const flowLog = new ec2.FlowLog(network, 'FlowLog', {
    resourceType: ec2.FlowLogResourceType.fromVpc(vpc),
    destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup),
    trafficType: ec2.FlowLogTrafficType.ALL,
  });

  Evidence.of(network).claim(
    Requirement.IL_SEC_001,
    network,
    new ResourceCheck(
      'every flow of the network is logged',
      flowLog.node.defaultChild as ec2.CfnFlowLog,
      ['TrafficType'],
      Expectation.equals('ALL'),
    ),
    new ResourceCheck(
      'flow logs are encrypted with a customer key',
      logGroup.node.defaultChild as logs.CfnLogGroup,
      ['KmsKeyId'],
      Expectation.present(),
    ),
  );
}

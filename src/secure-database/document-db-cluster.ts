import { ArnFormat, type CfnResource, Stack } from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { acknowledgeDocumentDb } from './document-db-acknowledgements';
import { claimDocumentDb } from './document-db-claims';
import type { DocumentDbOptions } from './document-engine';
import { ExportedLogs } from './exported-logs';
import { Schedule } from './schedule';
import type { Store, StoreContext } from './store-context';
import { storeIdentifier } from './store-identifier';

export interface DocumentDbClusterProps extends StoreContext, DocumentDbOptions {}

/**
 * DocumentDB 5.0, which is the version with long-term support and with IAM authentication.
 *
 * The service itself keeps and rotates the password. The usual rotation function would stand in isolated subnets and
 * hang there, unless the network happens to have an endpoint for Secrets Manager.
 */
export class DocumentDbCluster extends Construct implements Store {
  public readonly arn: string;
  public readonly hostname: string;
  public readonly port = 27018;
  public readonly connections: ec2.Connections;

  public constructor(scope: Construct, id: string, props: DocumentDbClusterProps) {
    super(scope, id);

    const { vpc, vpcSubnets, encryptionKey, highlyAvailable } = props;
    const dbClusterName = storeIdentifier(this);
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, allowAllOutbound: false });
    const logs = new ExportedLogs(this, 'Logs', {
      path: `/aws/docdb/${dbClusterName}`,
      names: ['audit', 'profiler'],
      encryptionKey,
      retention: props.logRetention,
    });
    const parameterGroup = new docdb.ClusterParameterGroup(this, 'Parameters', {
      family: 'docdb5.0',
      parameters: {
        tls: 'tls1.2+',
        audit_logs: 'enabled',
        profiler: 'enabled',
        profiler_threshold_ms: '200',
        ttl_monitor: 'enabled',
      },
    });

    const cluster = new docdb.DatabaseCluster(this, 'Resource', {
      engineVersion: '5.0.0',
      dbClusterName,
      instanceType: props.instanceType ?? new ec2.InstanceType('t4g.medium'),
      instances: props.instances ?? (highlyAvailable ? 2 : 1),
      parameterGroup,

      vpc,
      vpcSubnets,
      securityGroup,
      port: this.port,
      caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,

      masterUser: { username: 'platform_admin' },
      manageMasterUserPassword: true,
      masterUserSecretKmsKey: encryptionKey,

      storageEncrypted: true,
      kmsKey: encryptionKey,

      backup: { retention: props.backupRetention, preferredWindow: Schedule.NATIVE_BACKUP },
      copyTagsToSnapshot: true,
      deletionProtection: props.deletionProtection,
      removalPolicy: props.removalPolicy,

      preferredMaintenanceWindow: Schedule.MAINTENANCE,
      instanceMaintenanceWindow: Schedule.MAINTENANCE,

      exportAuditLogsToCloudWatch: true,
      exportProfilerLogsToCloudWatch: true,
    });
    cluster.node.addDependency(logs);

    this.arn = Stack.of(this).formatArn({
      service: 'rds',
      resource: 'cluster',
      resourceName: cluster.clusterIdentifier,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.hostname = cluster.clusterEndpoint.hostname;
    this.connections = new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(this.port) });

    const resources = {
      cluster: cluster.node.defaultChild as CfnResource,
      parameters: parameterGroup.node.defaultChild as CfnResource,
    };
    claimDocumentDb(this, resources, props);
    acknowledgeDocumentDb(cluster);
  }
}

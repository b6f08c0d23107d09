import { type CfnResource, Duration, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ExportedLogs } from './exported-logs';
import { acknowledgePostgres } from './postgres-acknowledgements';
import { claimPostgres } from './postgres-claims';
import { POSTGRES_PARAMETERS } from './postgres-parameters';
import { PostgresVersion } from './postgres-version';
import type { PostgresOptions } from './relational-engine';
import { Schedule } from './schedule';
import type { Store, StoreContext } from './store-context';
import { storeIdentifier } from './store-identifier';

const LOGS = ['postgresql', 'upgrade', 'iam-db-auth-error'];

export interface PostgresInstanceProps extends StoreContext, PostgresOptions {}

/** PostgreSQL on an RDS instance. */
export class PostgresInstance extends Construct implements Store {
  public readonly arn: string;
  public readonly hostname: string;
  public readonly port = 5433;
  public readonly secret?: secretsmanager.ISecret;
  public readonly connections: ec2.Connections;

  public constructor(scope: Construct, id: string, props: PostgresInstanceProps) {
    super(scope, id);

    const { vpc, vpcSubnets, encryptionKey, highlyAvailable } = props;
    const { major } = props.version ?? PostgresVersion.V17;
    const instanceIdentifier = storeIdentifier(this);
    const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.of(major, major) });
    const parameterGroup = new rds.ParameterGroup(this, 'Parameters', { engine, parameters: POSTGRES_PARAMETERS });
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, allowAllOutbound: false });
    const logs = new ExportedLogs(this, 'Logs', {
      path: `/aws/rds/instance/${instanceIdentifier}`,
      names: LOGS,
      encryptionKey,
      retention: props.logRetention,
    });

    const instance = new rds.DatabaseInstance(this, 'Resource', {
      engine,
      instanceIdentifier,
      instanceType: props.instanceType ?? new ec2.InstanceType(highlyAvailable ? 't4g.medium' : 't4g.small'),
      multiAz: highlyAvailable,
      databaseName: 'platform',
      parameterGroup,

      vpc,
      vpcSubnets,
      securityGroups: [securityGroup],
      port: this.port,
      publiclyAccessible: false,
      caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,

      credentials: rds.Credentials.fromUsername('platform_admin', { encryptionKey }),
      manageMasterUserPassword: true,
      iamAuthentication: true,

      storageEncryptionKey: encryptionKey,
      storageType: rds.StorageType.GP3,
      allocatedStorage: (props.storage ?? Size.gibibytes(20)).toGibibytes(),

      backupRetention: props.backupRetention,
      preferredBackupWindow: Schedule.NATIVE_BACKUP,
      deleteAutomatedBackups: false,
      copyTagsToSnapshot: true,
      deletionProtection: props.deletionProtection,
      removalPolicy: props.removalPolicy,

      autoMinorVersionUpgrade: true,
      engineLifecycleSupport: rds.EngineLifecycleSupport.OPEN_SOURCE_RDS_EXTENDED_SUPPORT_DISABLED,
      preferredMaintenanceWindow: Schedule.MAINTENANCE,

      cloudwatchLogsExports: LOGS,
      monitoringInterval: Duration.minutes(1),
      databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD,
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: encryptionKey,
    });
    instance.node.addDependency(logs);

    this.arn = instance.instanceArn;
    this.hostname = instance.dbInstanceEndpointAddress;
    this.secret = instance.secret;
    this.connections = new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(this.port) });

    const resources = {
      instance: instance.node.defaultChild as CfnResource,
      parameters: parameterGroup.node.defaultChild as CfnResource,
    };
    claimPostgres(this, resources, props);
    acknowledgePostgres(instance, props);
  }
}

import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';

/** One of the stores of a database, whatever its engine. */
export interface IDatabaseStore extends IConstruct, ec2.IConnectable {
  /** The host name to connect to, for reading and writing. */
  readonly hostname: string;

  /** The port to connect to. */
  readonly port: number;

  /**
   * The administrator's credentials, which the service creates, rotates and keeps in Secrets Manager.
   *
   * @default - none: CloudFormation does not tell the secret of a DocumentDB cluster, `DescribeDBClusters` does
   */
  readonly secret?: secretsmanager.ISecret;
}

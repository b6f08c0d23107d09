import { Fn, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';
import { CustomerKey } from '../security/customer-key';
import { CidrBlock } from './cidr-block';

/** Zones of each network: a cluster and its stores survive the loss of one. */
const ZONES = 3;

/** The properties of a `PlatformNetwork`. */
export interface PlatformNetworkProps {
  /**
   * The range of the VPC, from `/16` to `/20`.
   *
   * Each private subnet, where nodes and pods live, takes an eighth of it; each public and each isolated one a
   * sixty-fourth.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * The number of NAT gateways, from 1 to 3: with 3 the loss of a zone leaves the others their way to the internet.
   *
   * @default 1
   */
  readonly natGateways?: number;

  /**
   * The key that encrypts the flow logs.
   *
   * @default - a new customer-managed key, rotated every year
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long flow logs are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * The network of one environment: a VPC over three zones with public, private and isolated subnets.
 *
 * Load balancers that the user asks for stand in the public subnets, the cluster in the private ones, the databases in
 * the isolated ones. The region must have three zones. Every flow is logged under a customer key, and traffic to S3 does not leave the network of AWS.
 * The default security group of the VPC is emptied.
 *
 * @example
 * new PlatformNetwork(this, 'Network', { cidr: '10.7.0.0/16', natGateways: 3 });
 */
export class PlatformNetwork extends Construct {
  /** The first three zones of the region, as they are called at deployment. */
  public static availabilityZones(): string[] {
    return Array.from({ length: ZONES }, (_, index) => Fn.select(index, Fn.getAzs()));
  }

  /** The VPC. */
  public readonly vpc: ec2.Vpc;

  /**
   * Defines the network.
   *
   * @param scope the parent
   * @param id the id within the parent
   * @param props the range, the number of NAT gateways, and how flows are logged
   * @throws if the range is no IPv4 range, larger than `/16` or smaller than `/20`, or if the NAT gateways are not 1 to 3
   */
  public constructor(scope: Construct, id: string, props: PlatformNetworkProps = {}) {
    super(scope, id);
    const { cidr = '10.0.0.0/16', natGateways = 1 } = props;
    if (!Token.isUnresolved(natGateways) && (natGateways < 1 || natGateways > ZONES)) {
      throw new Error(`'natGateways' must be between 1 and ${ZONES}, got ${natGateways}`);
    }
    const { prefix } = CidrBlock.parse(cidr);
    if (prefix < 16 || prefix > 20) {
      throw new Error(`'cidr' must be between /16 and /20 to hold subnets for ${ZONES} zones, got '${cidr}'`);
    }

    this.vpc = new ec2.Vpc(this, 'Resource', {
      ipAddresses: ec2.IpAddresses.cidr(cidr),
      // names are known at deployment only, so that no look-up is ever needed
      availabilityZones: PlatformNetwork.availabilityZones(),
      natGateways,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [
        { name: 'private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: prefix + 3 },
        // nothing gets a public address by being started here
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: prefix + 6, mapPublicIpOnLaunch: false },
        { name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: prefix + 6 },
      ],
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
    });

    const key = CustomerKey.orNew(this, 'Key', props.encryptionKey, `Flow logs of ${this.node.path}`);
    // CloudFormation names the group after its stack
    CustomerKey.allowLogs(key, this, `${Stack.of(this).stackName}-*`);
    const logGroup = new logs.LogGroup(this, 'FlowLogGroup', {
      encryptionKey: key,
      retention: props.logRetention ?? logs.RetentionDays.ONE_MONTH,
    });
    const flowLog = new ec2.FlowLog(this, 'FlowLog', {
      resourceType: ec2.FlowLogResourceType.fromVpc(this.vpc),
      destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: ec2.FlowLogTrafficType.ALL,
    });

    Evidence.of(this).claim(
      Requirement.IL_SEC_001,
      this,
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
}

import { Fn, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Endpoints } from './endpoints';
import { logFlows } from './flow-logs';
import { NetworkRange } from './network-range';

/** A network that a cluster and databases can stand in. */
export interface IPlatformNetwork {
  /** The VPC, with private and isolated subnets. */
  readonly vpc: ec2.IVpc;
}

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
   * With `Endpoints.private()` it may be 0: private subnets then have no way to the internet at all.
   *
   * @default 1
   */
  readonly natGateways?: number;

  /**
   * The AWS services that are reached through interface endpoints instead of the NAT gateways. Each endpoint costs.
   *
   * @default Endpoints.none()
   */
  readonly endpoints?: Endpoints;

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
 * the isolated ones. The region must have three zones. Every flow is logged under a customer key, and traffic to S3 does not
 * leave the network of AWS. The default security group of the VPC is emptied.
 *
 * @example
 * new PlatformNetwork(this, 'Network', { cidr: '10.7.0.0/16', natGateways: 3 });
 */
export class PlatformNetwork extends Construct implements IPlatformNetwork {
  /** The first three zones of the region, as they are called at deployment. */
  public static availabilityZones(): string[] {
    return Array.from({ length: NetworkRange.ZONES }, (_, index) => Fn.select(index, Fn.getAzs()));
  }

  /** The VPC. */
  public readonly vpc: ec2.IVpc;

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
    const { cidr = '10.0.0.0/16', natGateways = 1, endpoints = Endpoints.none() } = props;
    const fewest = endpoints._sufficient ? 0 : 1;
    if (!Token.isUnresolved(natGateways) && (natGateways < fewest || natGateways > NetworkRange.ZONES)) {
      throw new Error(`'natGateways' must be between ${fewest} and ${NetworkRange.ZONES}, got ${natGateways}`);
    }
    const { privatePrefix, smallPrefix } = NetworkRange.parse(cidr);

    this.vpc = new ec2.Vpc(this, 'Resource', {
      ipAddresses: ec2.IpAddresses.cidr(cidr),
      // names are known at deployment only, so that no look-up is ever needed
      availabilityZones: PlatformNetwork.availabilityZones(),
      natGateways,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [
        { name: 'private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: privatePrefix },
        // nothing gets a public address by being started here
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: smallPrefix, mapPublicIpOnLaunch: false },
        { name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: smallPrefix },
      ],
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
    });
    endpoints._define(this, this.vpc, cidr);
    logFlows(this, {
      vpc: this.vpc,
      encryptionKey: props.encryptionKey,
      retention: props.logRetention ?? logs.RetentionDays.ONE_MONTH,
    });
  }
}

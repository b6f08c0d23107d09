import { Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { CidrBlock } from './cidr-block';
import type { NetworkRange, SubnetKind } from './network-range';
import { PlatformNetwork } from './platform-network';
import { SectionAcl } from './section-acl';

export interface NetworkSectionProps {
  readonly environmentName: string;
  readonly vpc: ec2.IVpc;
  readonly internetGateway: ec2.CfnVPCGatewayAttachment;
  /** The range of the whole network. */
  readonly whole: CidrBlock;
  /** The range of the section. */
  readonly range: NetworkRange;
  /** From 1 to 3. */
  readonly natGateways: number;
}

/**
 * What one environment has of a shared network: subnets, route tables and NAT gateways of its own, and a network ACL
 * that keeps it apart from the others.
 */
export class NetworkSection extends Construct {
  /** The network as the environment sees it: its own range, its own subnets. */
  public readonly vpc: ec2.IVpc;
  /** All its subnets. */
  public readonly subnets: readonly ec2.Subnet[];

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkSectionProps,
  ) {
    super(scope, id);
    const { environmentName, vpc, internetGateway, whole, range, natGateways } = props;
    Tags.of(this).add('environment', environmentName);

    const publicSubnets = this.define('public', ec2.PublicSubnet);
    const privateSubnets = this.define('private', ec2.PrivateSubnet);
    const isolatedSubnets = this.define('isolated', ec2.PrivateSubnet);
    for (const subnet of publicSubnets) {
      subnet.addDefaultInternetRoute(internetGateway.internetGatewayId as string, internetGateway);
    }
    const gateways = publicSubnets.slice(0, natGateways).map((subnet) => subnet.addNatGateway());
    for (const [index, subnet] of privateSubnets.entries()) {
      subnet.addDefaultNatRoute(gateways[index % gateways.length].ref);
    }
    this.subnets = [...publicSubnets, ...privateSubnets, ...isolatedSubnets];
    new SectionAcl(this, 'Acl', { environmentName, vpc, subnets: this.subnets, whole, own: range.block });

    // made from ids alone, it would hide the subnets themselves from a cluster that wants to tag them
    this.vpc = Object.assign(
      ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
        vpcId: vpc.vpcId,
        vpcCidrBlock: range.block.toString(),
        availabilityZones: PlatformNetwork.availabilityZones(),
      }),
      { publicSubnets, privateSubnets, isolatedSubnets },
    );
  }

  private define<T extends ec2.Subnet>(kind: SubnetKind, type: new (...args: SubnetArguments) => T): T[] {
    const { vpc, range, environmentName } = this.props;
    return range.subnets(kind).map((cidrBlock, zone) => {
      const subnet = new type(this, `${kind}Subnet${zone + 1}`, {
        vpcId: vpc.vpcId,
        cidrBlock,
        availabilityZone: PlatformNetwork.availabilityZones()[zone],
        // nothing gets a public address by being started here
        mapPublicIpOnLaunch: false,
      });
      // as the VPC of the AWS CDK tags its own
      const tag = (key: string, value: string) =>
        Tags.of(subnet).add(`aws-cdk:subnet-${key}`, value, {
          includeResourceTypes: [ec2.CfnSubnet.CFN_RESOURCE_TYPE_NAME],
        });
      tag('name', `${environmentName}-${kind}`);
      tag('type', `${kind[0].toUpperCase()}${kind.slice(1)}`);
      return subnet;
    });
  }
}

type SubnetArguments = [scope: Construct, id: string, props: ec2.SubnetProps];

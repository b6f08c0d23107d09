import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { logFlows } from './flow-logs';
import { NetworkSection } from './network-section';
import { PlatformNetwork } from './platform-network';
import type { SharedRange } from './shared-range';

export interface NetworkStackProps extends StackProps {
  readonly range: SharedRange;
  /** What is in the network, with the number of NAT gateways. */
  readonly environments: readonly { readonly name: string; readonly natGateways: number }[];
  readonly logRetention: logs.RetentionDays;
}

/** A network that environments share, each with a section of its own. */
export class NetworkStack extends Stack {
  /** The sections, in the order of the environments. */
  public readonly sections: readonly NetworkSection[];

  public constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id, props);
    const { range, environments, logRetention } = props;

    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(range.block.toString()),
      availabilityZones: this.availabilityZones,
      restrictDefaultSecurityGroup: true,
      // the VPC of the AWS CDK has one set of NAT gateways for all subnets, which would join what must be apart
      subnetConfiguration: [],
      natGateways: 0,
    });
    const internetGateway = new ec2.CfnVPCGatewayAttachment(this, 'InternetGatewayAttachment', {
      vpcId: vpc.vpcId,
      internetGatewayId: new ec2.CfnInternetGateway(this, 'InternetGateway').ref,
    });
    this.sections = environments.map(
      ({ name, natGateways }) =>
        new NetworkSection(this, name, {
          environmentName: name,
          vpc,
          internetGateway,
          whole: range.block,
          range: range.of(name),
          natGateways,
        }),
    );
    vpc.addGatewayEndpoint('S3', {
      service: ec2.GatewayVpcEndpointAwsService.S3,
      subnets: [{ subnets: this.sections.flatMap(({ subnets }) => subnets) }],
    });
    logFlows(this, { vpc, retention: logRetention });
  }

  /** The first three zones of the region, as they are called at deployment: nothing is looked up. */
  public get availabilityZones(): string[] {
    return PlatformNetwork.availabilityZones();
  }
}

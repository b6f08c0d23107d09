import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';

type InterfaceService = keyof typeof ec2.InterfaceVpcEndpointAwsService;

/** What secrets, identities and images pass through. */
const ESSENTIAL = ['STS', 'KMS', 'SECRETS_MANAGER', 'CLOUDWATCH_LOGS', 'ECR', 'ECR_DOCKER'] as const;

/** What a cluster calls beyond that. */
const CLUSTER = [
  // nodes join, get their network interfaces and volumes, and give pods their roles
  'EC2',
  'EKS',
  'EKS_AUTH',
  // load balancer controller, autoscalers
  'ELASTIC_LOAD_BALANCING',
  'AUTOSCALING',
  'SSM',
  'SQS',
  // the chart installer stands in the VPC and calls itself through a second function
  'LAMBDA',
  // metrics and alerts
  'CLOUDWATCH_MONITORING',
  'SNS',
] as const;

/**
 * How traffic from a network to AWS services goes: through the NAT gateways, or through interface endpoints.
 *
 * An interface endpoint answers to the public name of its service from addresses in the private subnets, one per zone.
 * Each costs about 7.3 USD per zone and month, and traffic on top. That is an estimate, from 0.01 USD per hour, the list
 * price of most regions. S3 is reached through a gateway endpoint in any case, which costs nothing.
 *
 * @example
 * new PlatformNetwork(this, 'Network', { endpoints: Endpoints.essential() });
 */
export class Endpoints {
  /** None but the gateway to S3: services are reached through the NAT gateways. */
  public static none(): Endpoints {
    return new Endpoints([], false);
  }

  /**
   * What keeps secrets, identities and images off the internet: STS, KMS, Secrets Manager, CloudWatch Logs, and the two of
   * ECR.
   *
   * Six endpoints over three zones: about 130 USD per month for each network (an estimate), and traffic.
   */
  public static essential(): Endpoints {
    return new Endpoints(ESSENTIAL, false);
  }

  /**
   * What an EKS cluster calls when it has no way to the internet, so that `natGateways` may be 0.
   *
   * The essential ones, and those of EC2, EKS, EKS Auth, Elastic Load Balancing, EC2 Auto Scaling, SSM, SQS, Lambda,
   * CloudWatch and SNS: sixteen endpoints over three zones, about 350 USD per month for each network (an estimate), and
   * traffic. The gateway to DynamoDB comes with them, at no cost. Without NAT gateways, images and charts must come from
   * ECR, since no other registry can be reached.
   */
  public static private(): Endpoints {
    return new Endpoints([...ESSENTIAL, ...CLUSTER], true);
  }

  private constructor(
    private readonly services: readonly InterfaceService[],
    /** @internal */
    public readonly _sufficient: boolean,
  ) {}

  /** @internal */
  public _define(network: Construct, vpc: ec2.IVpc, cidr: string): void {
    if (this._sufficient) {
      vpc.addGatewayEndpoint('DynamoDB', { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB });
    }
    if (this.services.length === 0) {
      return;
    }
    const securityGroup = new ec2.SecurityGroup(network, 'EndpointSecurityGroup', {
      vpc,
      description: `Interface endpoints of ${network.node.path}`,
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(443), 'HTTPS from the VPC to AWS services');
    for (const key of this.services) {
      const service = ec2.InterfaceVpcEndpointAwsService[key] as ec2.InterfaceVpcEndpointAwsService;
      const endpoint = vpc.addInterfaceEndpoint(service.shortName, {
        service,
        subnets: { subnets: vpc.privateSubnets },
        securityGroups: [securityGroup],
        open: false, // the rule above names the range by its number, which tools can judge
        privateDnsEnabled: true,
      });
      Evidence.of(network).claim(
        Requirement.IL_SEC_001,
        network,
        new ResourceCheck(
          `calls to ${service.shortName} stay in the network of AWS`,
          endpoint.node.defaultChild as ec2.CfnVPCEndpoint,
          ['PrivateDnsEnabled'],
          Expectation.equals(true),
        ),
      );
    }
  }
}

import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Endpoints } from './endpoints';
import { type IPlatformNetwork, PlatformNetwork } from './platform-network';

/** Clusters and databases want subnets in two zones at least. */
const FEWEST_SUBNETS = 2;

/** Options of a network that an environment has to itself. */
export interface OwnNetworkOptions {
  /**
   * The range of the VPC, from `/16` to `/20`.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * The AWS services that are reached through interface endpoints instead of the NAT gateways. Each endpoint costs.
   *
   * @default Endpoints.none()
   */
  readonly endpoints?: Endpoints;
}

/** What an environment says about the network that it defines. */
export interface NetworkContext {
  readonly encryptionKey: kms.IKey;
  readonly natGateways: number;
  readonly logRetention: logs.RetentionDays;
}

type NetworkFactory = (scope: Construct, context: NetworkContext) => IPlatformNetwork;

/** Where the cluster and the databases of one environment stand. */
export class EnvironmentNetwork {
  /**
   * In a VPC of their own, in the stack of the environment.
   *
   * @param options the range and the endpoints
   */
  public static own(options: OwnNetworkOptions = {}): EnvironmentNetwork {
    return new EnvironmentNetwork(
      (scope, context) => new PlatformNetwork(scope, 'Network', { ...context, ...options }),
    );
  }

  /**
   * In a VPC that is defined elsewhere. Its flow logs, NAT gateways and endpoints are the business of whoever defines it.
   *
   * @param vpc the cluster stands in its private subnets, the databases in its isolated ones
   * @throws if it has less than two private or isolated subnets, or does not know its range
   */
  public static within(vpc: ec2.IVpc): EnvironmentNetwork {
    assertUsable(vpc);
    return new EnvironmentNetwork(() => ({ vpc }));
  }

  /**
   * In a VPC that no app of the AWS CDK defines, imported into the stack of the environment without a look-up.
   *
   * @param attributes the ids of the VPC and its subnets, and its range
   * @throws in the stack, if there are less than two private or isolated subnets, or no range
   */
  public static fromVpcAttributes(attributes: ec2.VpcAttributes): EnvironmentNetwork {
    return new EnvironmentNetwork((scope) => {
      const vpc = ec2.Vpc.fromVpcAttributes(scope, 'Vpc', attributes);
      assertUsable(vpc);
      return { vpc };
    });
  }

  private constructor(private readonly factory: NetworkFactory) {}

  /** @internal */
  public _define(scope: Construct, context: NetworkContext): IPlatformNetwork {
    return this.factory(scope, context);
  }
}

function assertUsable(vpc: ec2.IVpc): void {
  assertSubnets('private', 'the cluster', vpc.privateSubnets);
  assertSubnets('isolated', 'the databases', vpc.isolatedSubnets);
  if (!knowsRange(vpc)) {
    throw new Error("'vpc' must know its range, which network policies name, so import it with 'vpcCidrBlock'");
  }
}

function assertSubnets(kind: string, purpose: string, { length }: readonly ec2.ISubnet[]): void {
  if (length < FEWEST_SUBNETS) {
    throw new Error(`'vpc' must have at least ${FEWEST_SUBNETS} ${kind} subnets for ${purpose}, got ${length}`);
  }
}

function knowsRange(vpc: ec2.IVpc): boolean {
  try {
    return vpc.vpcCidrBlock !== undefined;
  } catch {
    return false; // so says an imported VPC
  }
}

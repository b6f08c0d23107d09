import type { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { PlatformEnvironment } from '../agentic-platform/platform-environment';
import { CidrPlan, type CidrRequest } from './cidr-plan';
import type { Endpoints } from './endpoints';
import { EnvironmentNetwork } from './environment-network';
import { NetworkStack } from './network-stack';
import { SharedRange } from './shared-range';
import { assertNoRange, assertPlacedAs, assertTogether } from './topology-checks';

/** Options of a network per environment. */
export interface PerEnvironmentNetworkOptions {
  /**
   * The AWS services that each environment reaches through interface endpoints instead of its NAT gateways. Each endpoint
   * costs.
   *
   * @default Endpoints.none()
   */
  readonly endpoints?: Endpoints;
}

/** Options of a network that environments share. */
export interface SharedNetworkOptions {
  /**
   * The range of the VPC, from `/16` to `/20`.
   *
   * Each environment has an eighth of it, but at least a `/20`, unless it chooses a part of it with its own `cidr`.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;
}

/** What a topology is told about the platform. */
export interface TopologyContext {
  readonly platform: Construct;
  readonly environments: readonly PlatformEnvironment[];
  /** The name of a stack, from what it holds. */
  readonly stackName: (suffix: string) => string;
}

/** What a topology comes to. */
export interface PlannedNetworks {
  /** One for each environment, in the same order. */
  readonly networks: readonly EnvironmentNetwork[];
  /** The stack of what the environments share, if they share anything. */
  readonly stack?: Stack;
}

/**
 * How the environments of a platform are spread over networks.
 *
 * @example
 * new AgenticPlatform(app, 'Acme', {
 *   source: SourceRepository.github('acme/agents'),
 *   network: NetworkTopology.shared({ cidr: '10.64.0.0/16' }),
 * });
 */
export class NetworkTopology {
  /**
   * A VPC for each environment, in its own stack. Their ranges do not overlap, so that they can be connected one day.
   *
   * @param options what each network has beyond the defaults
   */
  public static perEnvironment(options: PerEnvironmentNetworkOptions = {}): NetworkTopology {
    return new NetworkTopology(({ environments }) => {
      const plan = new CidrPlan(environments.map(requestOf));
      return {
        networks: environments.map(({ name }) => EnvironmentNetwork.own({ ...options, cidr: plan.of(name) })),
      };
    });
  }

  /**
   * One VPC for all environments, in a stack of its own.
   *
   * Each environment has its own public, private and isolated subnets in three zones, its own route tables and NAT
   * gateways, and a network ACL that lets nothing through between it and the others. All environments must be in the same
   * account and region. Ranges are given in the order of the environments: add new ones at the end, or give each its
   * `cidr`, since subnets with another range are replaced.
   *
   * @param options the range
   */
  public static shared(options: SharedNetworkOptions = {}): NetworkTopology {
    return new NetworkTopology((context) => share(context, options));
  }

  /**
   * A VPC of the same app for all environments.
   *
   * Nothing is added to it but tags on its subnets, and nothing in it keeps the environments apart but the security groups
   * of their clusters and databases. Flow logs and the way to the internet are the business of whoever defines it. It must
   * be in the account and region of the environments.
   *
   * @param vpc it has at least two private and two isolated subnets
   * @throws if it has less, or does not know its range
   */
  public static existing(vpc: ec2.IVpc): NetworkTopology {
    const network = EnvironmentNetwork.within(vpc);
    return new NetworkTopology(({ environments }) => {
      assertPlacedAs(vpc, environments);
      return { networks: environments.map(() => network) };
    });
  }

  /**
   * A VPC that somebody else made, for all environments, by its ids: nothing is looked up.
   *
   * As with `existing`, nothing in it keeps the environments apart but security groups. It must be in the account and
   * region of the environments, and its private subnets tagged with `kubernetes.io/role/internal-elb` = `1`.
   *
   * @param attributes the ids of the VPC, its subnets and their route tables, and its range
   */
  public static fromVpcAttributes(attributes: ec2.VpcAttributes): NetworkTopology {
    const network = EnvironmentNetwork.fromVpcAttributes(attributes);
    return new NetworkTopology(({ environments }) => {
      assertNoRange(environments);
      return { networks: environments.map(() => network) };
    });
  }

  private constructor(private readonly plan: (context: TopologyContext) => PlannedNetworks) {}

  /** @internal */
  public _plan(context: TopologyContext): PlannedNetworks {
    return this.plan(context);
  }
}

function share({ platform, environments, stackName }: TopologyContext, options: SharedNetworkOptions): PlannedNetworks {
  assertTogether(environments);
  const [{ account, region }] = environments;
  const stack = new NetworkStack(platform, 'network', {
    stackName: stackName('network'),
    description: `Network of ${platform.node.id}, which its environments share`,
    env: { account, region },
    terminationProtection: environments.some(({ deletionProtection }) => deletionProtection),
    range: new SharedRange(options.cidr ?? '10.0.0.0/16', environments.map(requestOf)),
    environments,
    // the values of the enumeration are days
    logRetention: Math.max(...environments.map(({ logRetention }) => logRetention)),
  });
  return { stack, networks: stack.sections.map(({ vpc }) => EnvironmentNetwork.within(vpc)) };
}

function requestOf({ name, cidr }: PlatformEnvironment): CidrRequest {
  return { owner: name, cidr };
}

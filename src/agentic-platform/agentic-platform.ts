import {
  attachCustomSynthesis,
  CrossStackReferences,
  type Environment,
  ReferenceStrength,
  Stack,
  Stage,
  Tags,
} from 'aws-cdk-lib';
import type { IOidcProvider } from 'aws-cdk-lib/aws-iam';
import { DEFAULT_CROSS_STACK_REFERENCES } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { DeliveryPipeline } from '../delivery-pipeline/delivery-pipeline';
import type { DeliveryService } from '../delivery-pipeline/delivery-service';
import type { SourceRepository } from '../delivery-pipeline/source-repository';
import { Handbook } from '../evidence/handbook';
import { NetworkTopology } from '../network/network-topology';
import type { NotificationChannel } from '../observability-stack/notifications/notification-channel';
import { ObservabilityStack } from '../observability-stack/observability-stack';
import { EnvironmentStack } from './environment-stack';
import { PlatformEnvironment } from './platform-environment';

/** The properties of an `AgenticPlatform`. */
export interface AgenticPlatformProps {
  /** Where the services that run on the platform are kept. */
  readonly source: SourceRepository;

  /**
   * The environments, in the order of promotion.
   *
   * @default - development, testing and staging
   */
  readonly environments?: PlatformEnvironment[];

  /**
   * How the environments are spread over networks.
   *
   * @default NetworkTopology.perEnvironment()
   */
  readonly network?: NetworkTopology;

  /**
   * Who hears of alarms and deployments.
   *
   * @default - nobody
   */
  readonly notify?: NotificationChannel[];

  /**
   * The services that the pipeline builds and deploys.
   *
   * @default - one service, named like the repository, with its Dockerfile at the root
   */
  readonly services?: DeliveryService[];

  /**
   * The namespace in which services run.
   *
   * @default 'agents'
   */
  readonly namespace?: string;

  /**
   * The account of the registries and of the pipeline's trust.
   *
   * @default - the account of the first environment
   */
  readonly deliveryAccount?: string;

  /**
   * The region of the registries and of the pipeline's trust.
   *
   * @default - the region of the first environment
   */
  readonly deliveryRegion?: string;

  /**
   * The provider of GitHub's identities, if the accounts have one already. An account can have only one.
   *
   * @default - one is created in each account
   */
  readonly openIdConnectProvider?: IOidcProvider;
}

/**
 * The pre-production infrastructure of an agentic system.
 *
 * For each environment a stack with network, cluster and databases and a stack with monitoring, and one stack for
 * delivery. Evidence, charts, pipeline files and a handbook are written beside the templates.
 *
 * @example
 * new AgenticPlatform(app, 'Acme', {
 *   source: SourceRepository.github('acme/agents'),
 *   notify: [NotificationChannel.email('platform@acme.example')],
 * });
 */
export class AgenticPlatform extends Construct {
  /** The environments, in the order of promotion. */
  public readonly environments: EnvironmentStack[];
  /** The monitoring of each environment, in the same order. */
  public readonly observability: ObservabilityStack[];
  /** The stack of the network that the environments share, if they share one. */
  public readonly sharedNetwork?: Stack;
  /** The pipeline. */
  public readonly delivery: DeliveryPipeline;

  /**
   * Defines the platform.
   *
   * @param scope an app or a stage
   * @param id the name of the platform; stacks, clusters and roles carry it
   * @param props the source, and what is different from the defaults
   * @throws if there is no environment or two have one name, if ranges overlap, if only some environments are bound to an
   * account or a region, or if the environments do not fit into the network
   */
  public constructor(scope: Construct, id: string, props: AgenticPlatformProps) {
    super(scope, id);
    if (this.node.tryGetContext(DEFAULT_CROSS_STACK_REFERENCES) === undefined) {
      // unless the app says otherwise, a cluster is not deleted under its monitoring
      CrossStackReferences.of(this).consume(ReferenceStrength.STRONG);
    }
    const environments = props.environments ?? [
      PlatformEnvironment.development(),
      PlatformEnvironment.testing(),
      PlatformEnvironment.staging(),
    ];
    validateEnvironments(environments);
    const { namespace = 'agents' } = props;
    const { networks, stack: networkStack } = (props.network ?? NetworkTopology.perEnvironment())._plan({
      platform: this,
      environments,
      stackName: (suffix) => this.stackName(suffix),
    });
    this.sharedNetwork = networkStack;

    const delivery = new Stack(this, 'delivery', {
      stackName: this.stackName('delivery'),
      description: `Registries and pipeline trust of ${id}`,
      env: {
        account: props.deliveryAccount ?? environments[0].account,
        region: props.deliveryRegion ?? environments[0].region,
      },
    });
    this.environments = environments.map(
      (environment, index) =>
        new EnvironmentStack(this, environment.name, {
          environment,
          stackName: this.stackName(environment.name),
          description: `Network, cluster and databases of ${id} ${environment.name}`,
          env: envOf(environment),
          terminationProtection: environment.deletionProtection,
          network: networks[index],
          clusterName: `${id}-${environment.name}`.toLowerCase(),
          namespaces: [namespace],
          notify: props.notify,
        }),
    );
    this.observability = this.environments.map(
      ({ platformEnvironment: environment, cluster, notify, encryptionKey }) =>
        new ObservabilityStack(this, `${environment.name}-observability`, {
          stackName: this.stackName(`${environment.name}-observability`),
          description: `Metrics and alerts of ${id} ${environment.name}`,
          env: envOf(environment),
          terminationProtection: environment.deletionProtection,
          cluster: cluster.cluster,
          environmentName: environment.name,
          notify,
          highlyAvailable: environment.highlyAvailable,
          metricsRetention: environment.metricsRetention,
          encryptionKey,
        }),
    );
    for (const [index, stack] of this.observability.entries()) {
      Tags.of(stack).add('environment', environments[index].name);
    }
    this.delivery = new DeliveryPipeline(delivery, 'Pipeline', {
      source: props.source,
      services: props.services,
      openIdConnectProvider: props.openIdConnectProvider,
      targets: this.environments.map(({ platformEnvironment: environment, cluster, topic }) => ({
        openIdConnectProvider: props.openIdConnectProvider,
        environment: environment.name,
        cluster: cluster.cluster,
        clusterName: cluster.clusterName,
        namespace,
        approval: environment.approval,
        topic,
      })),
    });

    const handbook = new Handbook({
      platform: id,
      environments: this.environments.map((stack, index) => ({
        name: stack.platformEnvironment.name,
        stack,
        observability: this.observability[index],
        networkStack,
      })),
      shared: networkStack ? [networkStack, delivery] : [delivery],
    });
    attachCustomSynthesis(this, { onSynthesize: (session) => handbook.write(session.outdir) });
  }

  /**
   * The stack of an environment.
   *
   * @param name the name of the environment
   * @throws if the platform has no such environment
   */
  public environment(name: string): EnvironmentStack {
    const stack = this.environments.find(({ platformEnvironment }) => platformEnvironment.name === name);
    if (!stack) {
      const names = this.environments.map(({ platformEnvironment }) => platformEnvironment.name);
      throw new Error(`'name' must be one of the environments '${names.join("', '")}', got '${name}'`);
    }
    return stack;
  }

  private stackName(suffix: string): string {
    const stage = Stage.of(this)?.stageName;
    return [stage, this.node.id, suffix].filter((part) => part).join('-');
  }
}

function envOf({ account, region }: PlatformEnvironment): Environment {
  return { account, region };
}

/** Names of the stacks beside those of the environments. */
const RESERVED = ['delivery', 'network'];

function validateEnvironments(environments: readonly PlatformEnvironment[]): void {
  if (environments.length === 0) {
    throw new Error("'environments' must hold at least one environment, got none");
  }
  const names = environments.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Error(`'environments' must have distinct names, got '${twice}' twice`);
  }
  const reserved = names.find((name) => RESERVED.includes(name));
  if (reserved !== undefined) {
    throw new Error(
      `'environments' must not be named '${RESERVED.join("' or '")}', as stacks of the platform are, got '${reserved}'`,
    );
  }
  for (const prop of ['account', 'region'] as const) {
    const without = environments.find((environment) => environment[prop] === undefined);
    const bound = environments.find((environment) => environment[prop] !== undefined);
    if (without && bound) {
      throw new Error(
        `'${prop}' of environment '${without.name}' must be given, because '${bound.name}' has one, got none`,
      );
    }
  }
}

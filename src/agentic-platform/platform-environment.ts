import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';

/** What may be different in one environment. */
export interface PlatformEnvironmentOptions {
  /**
   * The AWS account, 12 digits.
   *
   * @default - the account of the credentials at deployment
   */
  readonly account?: string;

  /**
   * The AWS region; it must have three zones.
   *
   * @default - the region of the credentials at deployment
   */
  readonly region?: string;

  /**
   * The range of the network, from `/16` to `/20`. It must not overlap those of the other environments. In a shared
   * network it must be a part of that; in an existing one it cannot be chosen.
   *
   * @default - the first free `/16` in `10.0.0.0/8`, or the first free part of a shared network
   */
  readonly cidr?: string;

  /**
   * The number of NAT gateways, from 1 to 3, or 0 with `Endpoints.private()`. An existing network keeps its own.
   *
   * @default - 3 when highly available, otherwise 1
   */
  readonly natGateways?: number;

  /**
   * Survive the loss of a zone without waiting: standby databases, replicated monitoring, zonal shift.
   *
   * @default - true in staging, otherwise false
   */
  readonly highlyAvailable?: boolean;

  /**
   * Refuse to delete the stack, the cluster and the databases.
   *
   * @default - true in staging, otherwise false
   */
  readonly deletionProtection?: boolean;

  /**
   * What happens to databases when they are removed from the app.
   *
   * @default - RETAIN in staging, otherwise SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether a person approves each deployment.
   *
   * @default - true in staging, otherwise false
   */
  readonly approval?: boolean;

  /**
   * Whether images run by their digest only, so that what was tested is what runs.
   *
   * @default - true in staging, otherwise false
   */
  readonly imagesByDigest?: boolean;

  /**
   * How long metrics are kept.
   *
   * @default - 30 days in staging, otherwise 15 days
   */
  readonly metricsRetention?: Duration;

  /**
   * How long logs are kept.
   *
   * @default - three months in staging, otherwise one month
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * One environment of a platform. The order in which environments are given is the order of promotion.
 *
 * @example
 * const environments = [
 *   PlatformEnvironment.development({ account: '111111111111', region: 'eu-central-1' }),
 *   PlatformEnvironment.of('qa', { account: '222222222222', region: 'eu-central-1', natGateways: 2 }),
 *   PlatformEnvironment.staging({ account: '333333333333', region: 'eu-central-1' }),
 * ];
 */
export class PlatformEnvironment {
  /**
   * Where work is tried out: one NAT gateway, single-zone databases, no approval.
   *
   * @param options what is different from the defaults
   */
  public static development(options: PlatformEnvironmentOptions = {}): PlatformEnvironment {
    return PlatformEnvironment.of('development', options);
  }

  /**
   * Where tests run: as development.
   *
   * @param options what is different from the defaults
   */
  public static testing(options: PlatformEnvironmentOptions = {}): PlatformEnvironment {
    return PlatformEnvironment.of('testing', options);
  }

  /**
   * Where releases are rehearsed: highly available, protected against deletion, deployed after approval.
   *
   * @param options what is different from the defaults
   */
  public static staging(options: PlatformEnvironmentOptions = {}): PlatformEnvironment {
    return new PlatformEnvironment('staging', {
      highlyAvailable: true,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      approval: true,
      imagesByDigest: true,
      metricsRetention: Duration.days(30),
      logRetention: logs.RetentionDays.THREE_MONTHS,
      ...options,
    });
  }

  /**
   * An environment of another name, with the defaults of development.
   *
   * @param name lower case letters, digits and inner hyphens, at most 20
   * @param options what is different from the defaults
   * @throws if the name, the account or the region cannot be one
   */
  public static of(name: string, options: PlatformEnvironmentOptions = {}): PlatformEnvironment {
    return new PlatformEnvironment(name, options);
  }

  /** The name; stacks, clusters and roles carry it. */
  public readonly name: string;
  /** The account, if it is bound to one. */
  public readonly account?: string;
  /** The region, if it is bound to one. */
  public readonly region?: string;
  /** The range of the network, if one was chosen. */
  public readonly cidr?: string;
  /** The number of NAT gateways. */
  public readonly natGateways: number;
  /** Whether it survives the loss of a zone without waiting. */
  public readonly highlyAvailable: boolean;
  /** Whether stack, cluster and databases refuse to be deleted. */
  public readonly deletionProtection: boolean;
  /** What happens to databases when they are removed from the app. */
  public readonly removalPolicy: RemovalPolicy;
  /** Whether a person approves each deployment. */
  public readonly approval: boolean;
  /** Whether images run by their digest only. */
  public readonly imagesByDigest: boolean;
  /** How long metrics are kept. */
  public readonly metricsRetention: Duration;
  /** How long logs are kept. */
  public readonly logRetention: logs.RetentionDays;

  private constructor(name: string, options: PlatformEnvironmentOptions) {
    const { account, region } = options;
    if (!/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/.test(name)) {
      throw new Error(
        `'name' of an environment must be lower case letters, digits and inner hyphens, at most 20, got '${name}'`,
      );
    }
    if (account !== undefined && !Token.isUnresolved(account) && !/^\d{12}$/.test(account)) {
      throw new Error(`'account' of environment '${name}' must be 12 digits, got '${account}'`);
    }
    if (region !== undefined && !Token.isUnresolved(region) && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
      throw new Error(`'region' of environment '${name}' must be a region such as 'eu-central-1', got '${region}'`);
    }

    this.name = name;
    this.account = account;
    this.region = region;
    this.cidr = options.cidr;
    this.highlyAvailable = options.highlyAvailable ?? false;
    this.natGateways = options.natGateways ?? (this.highlyAvailable ? 3 : 1);
    this.deletionProtection = options.deletionProtection ?? false;
    this.removalPolicy = options.removalPolicy ?? RemovalPolicy.SNAPSHOT;
    this.approval = options.approval ?? false;
    this.imagesByDigest = options.imagesByDigest ?? false;
    this.metricsRetention = options.metricsRetention ?? Duration.days(15);
    this.logRetention = options.logRetention ?? logs.RetentionDays.ONE_MONTH;
  }
}

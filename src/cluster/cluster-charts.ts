import { type Duration, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { Construct, IConstruct } from 'constructs';
import { ChartRelease, type ChartReleaseOptions } from './chart-release';

/** A chart from somebody's repository. */
export interface PublishedChartOptions {
  /** The Helm release, unique on the cluster. */
  readonly release: string;
  readonly chart: string;
  readonly repository: string;
  readonly version: string;
  readonly namespace: string;
  /** No secrets: the handler that installs the chart logs them. */
  readonly values: Record<string, unknown>;
  readonly timeout?: Duration;
  readonly wait?: boolean;
}

const CHARTS = Symbol.for('cdk-agentic-platform.ClusterCharts');

/** Everything that we install on one cluster. */
export class ClusterCharts {
  /**
   * The charts of a cluster, whoever created it.
   *
   * @param cluster the cluster
   * @param directory where `cdk.out/charts` shows them; the first call decides, without it the stack's name does
   */
  public static of(cluster: eks.ICluster, directory = Stack.of(cluster).stackName): ClusterCharts {
    const holder = cluster as eks.ICluster & { [CHARTS]?: ClusterCharts };
    if (!holder[CHARTS]) {
      Object.defineProperty(holder, CHARTS, { value: new ClusterCharts(cluster, directory) });
    }
    return holder[CHARTS] as ClusterCharts;
  }

  private readonly releases = new Map<string, IConstruct>();

  private constructor(
    private readonly cluster: eks.ICluster,
    private readonly directory: string,
  ) {}

  /** The names of all releases, in the order in which they were added. */
  public get releaseNames(): string[] {
    return [...this.releases.keys()];
  }

  /** Installs a cdk8s chart. */
  public install(scope: Construct, id: string, options: ChartReleaseOptions): ChartRelease {
    this.reserve(options.release);
    const chart = new ChartRelease(scope, id, { ...options, cluster: this.cluster, directory: this.directory });
    this.releases.set(options.release, chart);
    return chart;
  }

  /** Installs a published chart at a pinned version. */
  public installPublished(scope: Construct, id: string, options: PublishedChartOptions): eks.HelmChart {
    this.reserve(options.release);
    const chart = new eks.HelmChart(scope, id, { ...options, cluster: this.cluster, createNamespace: false });
    this.releases.set(options.release, chart);
    return chart;
  }

  private reserve(release: string): void {
    if (!this.cluster.kubectlProvider?.role) {
      throw new Error(
        "'cluster' must have a kubectl provider with a role to install charts, give 'kubectlProvider' when importing it",
      );
    }
    if (!/^[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?$/.test(release)) {
      throw new Error(`'release' must be a DNS label of at most 53 characters, got '${release}'`);
    }
    const owner = this.releases.get(release);
    if (owner) {
      throw new Error(`'release' must be unique on a cluster, '${release}' is already installed by ${owner.node.path}`);
    }
  }
}

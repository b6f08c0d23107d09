import { join } from 'node:path';
import { Aspects, type Duration, Names, Stage } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { HelmPackage, type KubernetesObject } from './helm-package';
import type { HelmValue } from './helm-value';
import { acknowledgeAssetFindings } from './kubectl-findings';

/** What is installed. */
export interface ChartReleaseOptions {
  /** The Helm release, unique on the cluster, and the name of the chart's directory. */
  readonly release: string;
  /** What the chart holds, in a sentence. */
  readonly description: string;
  /** The namespace that keeps the release; it must exist. */
  readonly namespace: string;
  /** Builds the chart; called once, when the construct tree is complete. */
  readonly chart: (app: App, id: string) => Chart;
  /** The values that are known at deployment only. */
  readonly values?: readonly HelmValue[];
  /** How long Helm may take. */
  readonly timeout?: Duration;
  /** Wait until everything in the chart is ready. */
  readonly wait?: boolean;
}

/** @internal */
export interface ChartReleaseProps extends ChartReleaseOptions {
  readonly cluster: eks.ICluster;
  /** The directory below `cdk.out/charts` that shows what is installed on this cluster. */
  readonly directory: string;
}

/**
 * A cdk8s chart on an EKS cluster: packed as a Helm chart, shipped as one asset, installed by one resource.
 *
 * Packing waits until synthesis, since grants made later may still add objects.
 */
export class ChartRelease extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ChartReleaseProps,
  ) {
    super(scope, id);
    // a second synthesis of one app finds the chart as the first left it
    Aspects.of(this).add({ visit: (node) => node === this && !this.node.tryFindChild('Release') && this.install() });
  }

  /** Where the assembly shows an object of the chart. */
  public fileOf(kind: string, name: string, namespace?: string): string {
    return join(this.directory, this.props.release, HelmPackage.fileOf(kind, name, namespace));
  }

  private get directory(): string {
    return join('charts', this.props.directory);
  }

  private install(): void {
    const { cluster, release, namespace, values = [], timeout, wait } = this.props;
    const path = new HelmPackage({
      name: release,
      description: this.props.description,
      objects: this.render(),
      values,
    }).write(join(Stage.of(this)?.outdir ?? '.', this.directory));

    const asset = new Asset(this, 'Chart', { path });
    new eks.HelmChart(this, 'Release', {
      cluster,
      release,
      namespace,
      createNamespace: false,
      chartAsset: asset,
      values: values.length === 0 ? undefined : Object.fromEntries(values.map(({ name, value }) => [name, value])),
      timeout,
      wait,
    });
    if (cluster.kubectlProvider) {
      acknowledgeAssetFindings(cluster.kubectlProvider, asset.bucket.arnForObjects('*'));
    }
  }

  private render(): KubernetesObject[] {
    const cdk8s = require('cdk8s') as typeof import('cdk8s');
    // a chart cannot live in the tree of the stack, so its id carries our path:
    // two platforms on one cluster then get distinct object names
    const app = new cdk8s.App();
    this.props.chart(app, Names.uniqueId(this));
    return app.charts.flatMap((chart) => chart.toJson());
  }
}

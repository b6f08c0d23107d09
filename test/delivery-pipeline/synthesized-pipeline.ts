import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as sns from 'aws-cdk-lib/aws-sns';
import { DeliveryPipeline, type DeliveryPipelineProps } from '../../src/delivery-pipeline/delivery-pipeline';
import type { DeliveryTarget } from '../../src/delivery-pipeline/delivery-target';
import { SourceRepository } from '../../src/delivery-pipeline/source-repository';

export const WITH_IDS = { ownerId: '1001', repositoryId: '2002' };

/** A stack with a cluster that it does not own, as the target of a pipeline. */
export function targetIn(app: App, environment: string, props: StackProps = {}): DeliveryTarget {
  const stack = new Stack(app, `Acme-${environment}`, props);
  const clusterName = `acme-${environment}`;
  return {
    environment,
    clusterName,
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName }),
    topic: new sns.Topic(stack, 'Topic'),
    approval: environment === 'staging',
  };
}

/** The three ways to bind stacks to accounts: not at all, all to one, and each environment to its own. */
export const BINDINGS: Record<string, (index: number) => StackProps> = {
  agnostic: () => ({}),
  'in one account': () => ({ env: { account: '111111111111', region: 'eu-central-1' } }),
  'with an account for each environment': (index) => ({
    env: { account: `${index}`.repeat(12), region: 'eu-central-1' },
  }),
};

/** A pipeline through three environments, each in a stack of its own. */
export class SynthesizedPipeline {
  public readonly app = new App({ outdir: mkdtempSync(join(tmpdir(), 'delivery-')) });
  public readonly stack: Stack;
  public readonly targets: DeliveryTarget[];
  public readonly pipeline: DeliveryPipeline;

  public constructor(binding: string, props: Partial<DeliveryPipelineProps> = {}) {
    const bind = BINDINGS[binding];
    this.stack = new Stack(this.app, 'Acme-delivery', bind(9));
    this.targets = ['development', 'testing', 'staging'].map((name, index) =>
      targetIn(this.app, name, bind(index + 1)),
    );
    this.pipeline = new DeliveryPipeline(this.stack, 'Delivery', {
      source: SourceRepository.github('acme/agents', WITH_IDS),
      targets: this.targets,
      ...props,
    });
  }

  public get directory(): string {
    return join(this.app.synth().directory, 'delivery', this.pipeline.applicationName);
  }

  /** The files by their path. */
  public get files(): Record<string, string> {
    const { directory } = this;
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
    return Object.fromEntries(paths.map((path) => [relative(directory, path), readFileSync(path, 'utf-8')]));
  }

  public template(environment?: string): Template {
    const target = this.targets.find((it) => it.environment === environment);
    return Template.fromStack(target?.cluster ? Stack.of(target.cluster) : this.stack);
  }
}

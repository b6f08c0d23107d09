import { type Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { PlaceModel } from './delivery-model';

/** How a file refers to a variable: a workflow and a script do it differently. */
export type VariableReference = (variable: string) => string;

/** Where something of the pipeline stands, told in terms that files outside of CloudFormation can use. */
export class Place {
  /** The account and region of a stack, as far as synth knows them. */
  public static ofStack(name: string, stack: Stack): PlaceModel {
    const [account, region] = [stack.account, stack.region].map((it) => (Token.isUnresolved(it) ? undefined : it));
    // an unknown region is taken for a commercial one, as the pipeline's files need a partition in any case
    const partition = (region && RegionInfo.get(region).partition) ?? 'aws';
    return { name, partition, account, region };
  }

  public constructor(private readonly model: PlaceModel) {}

  /** The variables that have to be set for this place, because synth does not know their values. */
  public get variables(): readonly string[] {
    const unknown = (what: string, value?: string) => (value === undefined ? [this.variable(what)] : []);
    return [...unknown('ACCOUNT', this.model.account), ...unknown('REGION', this.model.region)];
  }

  /** The variable that names the runner for this place; it may be left out. */
  public get runnerVariable(): string {
    return this.variable('RUNNER').replace(/^AWS_/, '');
  }

  /**
   * The account.
   *
   * @param reference how the reader refers to a variable
   */
  public account(reference: VariableReference): string {
    return this.model.account ?? reference(this.variable('ACCOUNT'));
  }

  /** The region. */
  public region(reference: VariableReference): string {
    return this.model.region ?? reference(this.variable('REGION'));
  }

  /** The ARN of a role. */
  public roleArn(role: string, reference: VariableReference): string {
    return `arn:${this.model.partition}:iam::${this.account(reference)}:role/${role}`;
  }

  /** The host of the image registry. */
  public registryHost(reference: VariableReference): string {
    return `${this.account(reference)}.dkr.ecr.${this.region(reference)}.amazonaws.com${this.inChina ? '.cn' : ''}`;
  }

  /** The audience of the identity tokens that AWS accepts here. */
  public get audience(): string {
    return this.inChina ? 'sts.amazonaws.com.cn' : 'sts.amazonaws.com';
  }

  private get inChina(): boolean {
    return this.model.partition === 'aws-cn';
  }

  private variable(what: string): string {
    return `AWS_${what}_${this.model.name.toUpperCase().replaceAll('-', '_')}`;
  }
}

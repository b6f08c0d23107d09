import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { expect, test } from 'vitest';
import { DeliveryPipeline } from '../../src/delivery-pipeline/delivery-pipeline';
import { SourceRepository } from '../../src/delivery-pipeline/source-repository';
import { BINDINGS, SynthesizedPipeline, targetIn } from './synthesized-pipeline';

const ENVIRONMENTS = ['development', 'testing', 'staging'];
const EACH_ACCOUNT = 'with an account for each environment';

const providersOf = (template: Template) => Object.keys(template.findResources('AWS::IAM::OIDCProvider')).length;

function dependencies(pipeline: SynthesizedPipeline, environment: string): string[] {
  const { dependencies } = pipeline.app.synth().getStackByName(`Acme-${environment}`);
  return dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets'));
}

test.each(['agnostic', 'in one account'])('has one provider for all environments, %s', (binding) => {
  const pipeline = new SynthesizedPipeline(binding);

  expect(providersOf(pipeline.template())).toBe(1);
  expect(ENVIRONMENTS.map((name) => providersOf(pipeline.template(name)))).toEqual([0, 0, 0]);
});

test('has a provider in each account', () => {
  const pipeline = new SynthesizedPipeline(EACH_ACCOUNT);

  expect(providersOf(pipeline.template())).toBe(1);
  expect(ENVIRONMENTS.map((name) => providersOf(pipeline.template(name)))).toEqual([1, 1, 1]);
});

test('has one provider for the environments that share an account, and takes one that is there', () => {
  const app = new App();
  const foreign = (account: string) => ({ env: { account, region: 'eu-central-1' } });
  const stack = new Stack(app, 'Acme-delivery', foreign('999999999999'));
  const development = targetIn(app, 'development', foreign('111111111111'));
  const testing = targetIn(app, 'testing', foreign('111111111111'));
  const staging = targetIn(app, 'staging', foreign('222222222222'));
  const arn = 'arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com';
  const given = iam.OidcProviderNative.fromOidcProviderArn(stack, 'Given', arn);

  new DeliveryPipeline(stack, 'Delivery', {
    source: SourceRepository.github('acme/agents'),
    targets: [development, testing, { ...staging, openIdConnectProvider: given }],
  });

  const templates = [development, testing, staging].map(({ cluster }) =>
    Template.fromStack(Stack.of(cluster as never)),
  );
  expect(templates.map(providersOf)).toEqual([1, 0, 0]);
  expect(
    app
      .synth()
      .getStackByName('Acme-testing')
      .dependencies.map(({ id }) => id),
  ).toContain('Acme-development');
});

test('shares the provider between the pipelines of an app', () => {
  const stack = new Stack(new App(), 'Stack');
  for (const name of ['agents', 'portal']) {
    new DeliveryPipeline(stack, name, {
      source: SourceRepository.github(`acme/${name}`),
      targets: [{ environment: 'testing', clusterName: 'shared' }],
    });
  }

  expect(providersOf(Template.fromStack(stack))).toBe(1);
});

test('deploys the provider before the roles that trust it', () => {
  const pipeline = new SynthesizedPipeline('in one account');

  expect(dependencies(pipeline, 'testing')).toEqual(['Acme-delivery']);
  expect(dependencies(pipeline, 'delivery')).toEqual([]);
  pipeline.template().hasResource('AWS::IAM::Role', { DependsOn: [Match.stringLikeRegexp('^GitHubIdentityProvider')] });
});

test('leaves stacks of different accounts independent', () => {
  const pipeline = new SynthesizedPipeline(EACH_ACCOUNT);

  expect(ENVIRONMENTS.flatMap((name) => dependencies(pipeline, name))).toEqual([]);
});

test.each(Object.keys(BINDINGS))('exports nothing from one stack to another, %s', (binding) => {
  const pipeline = new SynthesizedPipeline(binding);

  for (const name of [undefined, ...ENVIRONMENTS]) {
    expect(JSON.stringify(pipeline.template(name).toJSON())).not.toContain('Fn::ImportValue');
    expect(pipeline.template(name).findOutputs('*')).toEqual({});
  }
});

test('lets the accounts of environments pull and decrypt, and no other', () => {
  const template = new SynthesizedPipeline(EACH_ACCOUNT).template();
  const accounts = ['111111111111', '222222222222', '333333333333'];
  const principals = accounts.map((account) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${account}:root`]],
  }));

  template.hasResourceProperties('AWS::ECR::Repository', {
    RepositoryName: 'agents/agents',
    RepositoryPolicyText: {
      Statement: [
        {
          Sid: 'PullFromEnvironments',
          Effect: 'Allow',
          Principal: { AWS: principals },
          Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        },
      ],
    },
  });
  template.hasResourceProperties('AWS::ECR::Repository', {
    RepositoryName: 'agents/agents-cache',
    RepositoryPolicyText: Match.absent(),
  });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: 'kms:Decrypt', Principal: { AWS: principals }, Condition: Match.anyValue() }),
      ]),
    },
  });
});

test.each(['agnostic', 'in one account'])('opens its repositories to nobody else, %s', (binding) => {
  const template = new SynthesizedPipeline(binding).template();

  template.allResourcesProperties('AWS::ECR::Repository', { RepositoryPolicyText: Match.absent() });
});

import { App, Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { expect, test } from 'vitest';
import { DeliveryPipeline, type DeliveryPipelineProps } from '../../src/delivery-pipeline/delivery-pipeline';
import type { DeliveryService } from '../../src/delivery-pipeline/delivery-service';
import type { DeliveryTarget } from '../../src/delivery-pipeline/delivery-target';
import { SourceRepository } from '../../src/delivery-pipeline/source-repository';

const LABEL = 'a DNS label (at most 63 lower-case letters, digits and inner dashes)';
const TOKEN = Token.asString({ Ref: 'Parameter' });

function pipeline(props: Partial<DeliveryPipelineProps>): () => DeliveryPipeline {
  const stack = new Stack(new App(), 'Stack');
  const targets = [{ environment: 'testing', clusterName: 'shared' }];
  return () =>
    new DeliveryPipeline(stack, 'Delivery', { source: SourceRepository.github('acme/agents'), targets, ...props });
}

const withTarget = (target: Partial<DeliveryTarget>) =>
  pipeline({ targets: [{ environment: 'testing', clusterName: 'shared', ...target }] });

const withServices = (...services: DeliveryService[]) => pipeline({ services });

test('names the application after the repository, in letters that every name may hold', () => {
  const create = pipeline({ source: SourceRepository.github('acme/My.Agents_2') });

  expect(create().applicationName).toBe('my-agents-2');
});

test('fails without targets', () => {
  expect(pipeline({ targets: [] })).toThrow("'targets' must name at least one environment");
});

test.each(['', 'Testing', 'a_b', '-a', 'a.b', 'a'.repeat(64)])("fails when an environment is called '%s'", (name) => {
  expect(withTarget({ environment: name })).toThrow(`'environment' must be ${LABEL}, got '${name}'`);
});

test('fails when two environments have one name', () => {
  const target = { environment: 'testing', clusterName: 'shared' };

  expect(pipeline({ targets: [target, target] })).toThrow("'environment' must be unique, got 'testing' twice");
});

test('fails when an environment takes the name that stands for the registry', () => {
  expect(withTarget({ environment: 'delivery' })).toThrow(
    "'environment' must not be 'delivery', which stands for the account of the registry",
  );
});

test.each(['', 'Agents', 'a/b'])("fails when a namespace is called '%s'", (namespace) => {
  expect(withTarget({ namespace })).toThrow(`'namespace' must be ${LABEL}, got '${namespace}'`);
});

test.each(['', 'a b', '-a', "a'b"])("fails when a cluster is called '%s'", (clusterName) => {
  expect(withTarget({ clusterName })).toThrow(
    `'clusterName' must be at most 100 letters, digits, dashes and underscores, got '${clusterName}'`,
  );
});

test('fails when the cluster has another name', () => {
  const cluster = eks.Cluster.fromClusterAttributes(new Stack(), 'Cluster', { clusterName: 'other' });

  expect(withTarget({ cluster })).toThrow("'clusterName' must be the name of 'cluster', 'other', got 'shared'");
});

test('fails when the names of roles get too long', () => {
  expect(withTarget({ environment: 'e'.repeat(60) })).toThrow(
    `'environment' must leave the role name within 64 characters, got 'agents-${'e'.repeat(60)}-deploy'`,
  );
  expect(pipeline({ applicationName: 'a'.repeat(60) })).toThrow(
    `'applicationName' must leave the role name within 64 characters, got '${'a'.repeat(60)}-build'`,
  );
});

test.each(['', 'Agents', 'a/b'])("fails when the application is called '%s'", (applicationName) => {
  expect(pipeline({ applicationName })).toThrow(`'applicationName' must be ${LABEL}, got '${applicationName}'`);
});

test('fails when two pipelines of an app have one name', () => {
  const stack = new Stack(new App(), 'Stack');
  const props = {
    source: SourceRepository.github('acme/agents'),
    targets: [{ environment: 'testing', clusterName: 'shared' }],
  };
  new DeliveryPipeline(stack, 'One', props);

  expect(() => new DeliveryPipeline(stack, 'Other', props)).toThrow(
    "'applicationName' must be unique within an app, got 'agents' twice",
  );
});

test('fails without services', () => {
  expect(withServices()).toThrow("'services' must name at least one service");
});

test.each(['', 'API', 'a_b'])("fails when a service is called '%s'", (name) => {
  expect(withServices({ name })).toThrow(`'name' must be ${LABEL}, got '${name}'`);
});

test('fails when two services have one name', () => {
  expect(withServices({ name: 'api' }, { name: 'api' })).toThrow("'name' must be unique, got 'api' twice");
});

test('fails when the images of one service would go to the cache of another', () => {
  expect(withServices({ name: 'api' }, { name: 'api-cache' })).toThrow(
    "'repository' must be unique, got 'agents/api-cache' twice",
  );
});

test.each(['/api', '../api', 'api/..', '', 'a b', "a'b", '-f', '$(id)'])("fails when a path is '%s'", (path) => {
  const rule = 'must be a relative path of letters, digits, dots, dashes and underscores';

  expect(withServices({ name: 'api', context: path })).toThrow(`'context' ${rule}, got '${path}'`);
  expect(withServices({ name: 'api', dockerfile: path })).toThrow(`'dockerfile' ${rule}, got '${path}'`);
});

test.each<[string, () => DeliveryPipeline]>([
  ['applicationName', pipeline({ applicationName: TOKEN })],
  ['environment', withTarget({ environment: TOKEN })],
  ['clusterName', withTarget({ clusterName: TOKEN })],
  ['namespace', withTarget({ namespace: TOKEN })],
  ['name', withServices({ name: TOKEN })],
  ['context', withServices({ name: 'api', context: TOKEN })],
  ['dockerfile', withServices({ name: 'api', dockerfile: TOKEN })],
])("fails when '%s' is a token", (prop, create) => {
  expect(create).toThrow(`'${prop}' must be a literal, as pipeline files cannot hold tokens`);
});

test('fails when asked for an environment or a service that it does not have', () => {
  const delivery = pipeline({})();

  expect(() => delivery.deployRole('staging')).toThrow("'environment' must be one of testing, got 'staging'");
  expect(() => delivery.repository('api')).toThrow("'service' must be one of agents, got 'api'");
});

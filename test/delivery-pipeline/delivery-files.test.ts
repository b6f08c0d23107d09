import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { DeliveryPipeline } from '../../src/delivery-pipeline/delivery-pipeline';
import { SourceRepository } from '../../src/delivery-pipeline/source-repository';
import { BINDINGS, SynthesizedPipeline } from './synthesized-pipeline';

const SERVICES = [
  { name: 'api', context: 'services/api' },
  { name: 'worker', dockerfile: 'docker/Worker.Dockerfile' },
];
const WORKFLOW = '.github/workflows/agents-delivery.yml';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function namesIn(template: Template): string[] {
  const { Resources } = template.toJSON() as { Resources: Record<string, { Properties?: Record<string, unknown> }> };
  const named = Object.values(Resources).flatMap(({ Properties: properties = {} }) => [
    properties.RoleName,
    properties.RepositoryName,
    properties.Name,
  ]);
  return named.filter((name) => typeof name === 'string');
}

test('writes the workflow, its scripts, a manifest and a guide', () => {
  expect(Object.keys(new SynthesizedPipeline('agnostic').files)).toEqual([
    WORKFLOW,
    'README.md',
    'ci/agents-delivery.sh',
    'ci/build.sh',
    'ci/chart.sh',
    'ci/deploy.sh',
    'ci/helm.sh',
    'ci/login.sh',
    'ci/notify.sh',
    'ci/test.sh',
    'manifest.json',
  ]);
});

test('writes no script that nothing calls', () => {
  const pipeline = new SynthesizedPipeline('agnostic', {
    targets: [{ environment: 'testing', clusterName: 'shared' }],
  });

  expect(Object.keys(pipeline.files)).not.toContain('ci/notify.sh');
  expect(pipeline.files[WORKFLOW]).not.toContain('notify');
});

test.each(Object.keys(BINDINGS))('lets scripts be executed, and calls only those that are there, %s', (binding) => {
  const { directory, files } = new SynthesizedPipeline(binding);

  const called = [...files[WORKFLOW].matchAll(/bash (ci\/\S+)/g)].map(([, path]) => path);

  expect(new Set(called)).toEqual(
    new Set(Object.keys(files).filter((path) => path.startsWith('ci/') && path !== 'ci/agents-delivery.sh')),
  );
  for (const path of Object.keys(files)) {
    expect(statSync(join(directory, path)).mode & 0o777).toBe(path.endsWith('.sh') ? 0o755 : 0o644);
  }
});

test.each(Object.keys(BINDINGS))('writes the same bytes again, %s', (binding) => {
  const props = { services: SERVICES };

  expect(new SynthesizedPipeline(binding, props).files).toEqual(new SynthesizedPipeline(binding, props).files);
});

test.each(Object.keys(BINDINGS))('leaves no token in any file, %s', (binding) => {
  for (const text of Object.values(new SynthesizedPipeline(binding, { services: SERVICES }).files)) {
    expect(text).not.toMatch(/\$\{Token\[|TOKEN\[|AWS::|\[object Object\]|undefined/);
  }
});

test.each(Object.keys(BINDINGS))('names only roles, repositories and parameters that exist, %s', (binding) => {
  const pipeline = new SynthesizedPipeline(binding, { services: SERVICES });
  const text = pipeline.files[WORKFLOW] + pipeline.files['ci/agents-delivery.sh'];
  const find = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();
  const existing = [undefined, 'development', 'testing', 'staging'].flatMap((name) => namesIn(pipeline.template(name)));

  const roles = find(/:role\/([\w-]+)/g);
  const repositories = [...find(/REPOSITORY='(\S+)'/g), ...find(/amazonaws\.com\/([\w/-]+)@/g)];
  const parameters = find(/TOPIC_PARAMETER='(\S+)'/g);

  expect(roles).toEqual([
    'agents-build',
    'agents-development-deploy',
    'agents-staging-deploy',
    'agents-testing-deploy',
  ]);
  expect(repositories).toHaveLength(6);
  expect(parameters).toHaveLength(3);
  expect(existing).toEqual(expect.arrayContaining([...roles, ...repositories, ...parameters]));
});

test('describes itself in a manifest', () => {
  const { files } = new SynthesizedPipeline('with an account for each environment');

  const manifest = JSON.parse(files['manifest.json']);

  expect(manifest.sha256).toBe(sha256(JSON.stringify(manifest.model)));
  expect(files[WORKFLOW]).toContain(manifest.sha256);
  expect(manifest.model).toMatchObject({
    application: 'agents',
    source: { provider: 'github', owner: 'acme', name: 'agents', branch: 'main' },
    services: [{ name: 'agents', context: '.', dockerfile: 'Dockerfile', repository: 'agents/agents' }],
  });
  expect(manifest.model.environments[2]).toEqual({
    name: 'staging',
    place: { name: 'staging', partition: 'aws', account: '333333333333', region: 'eu-central-1' },
    clusterName: 'acme-staging',
    namespace: 'agents',
    release: 'agents',
    deployRole: 'agents-staging-deploy',
    approval: true,
    topicParameter: '/agents/staging/delivery-topic',
  });
  const { [WORKFLOW]: workflow } = manifest.files;
  expect(workflow).toEqual({ sha256: sha256(files[WORKFLOW]) });
});

test('leaves accounts and regions out of the model when synth does not know them', () => {
  const manifest = JSON.parse(new SynthesizedPipeline('agnostic').files['manifest.json']);

  expect(manifest.model.registry.place).toEqual({ name: 'delivery', partition: 'aws' });
  expect(manifest.model.environments[0].place).toEqual({ name: 'development', partition: 'aws' });
});

test('lists the variables that are left to set, and the environments with their reviewers', () => {
  const guide = new SynthesizedPipeline('agnostic').files['README.md'];

  for (const place of ['DELIVERY', 'DEVELOPMENT', 'TESTING', 'STAGING']) {
    expect(guide).toContain(`| \`AWS_ACCOUNT_${place}\` | The account of `);
    expect(guide).toContain(`| \`AWS_REGION_${place}\` | The region of `);
  }
  expect(guide).toContain('| `testing` | none | `agents-testing-deploy` | `acme-testing` | `agents` |');
  expect(guide).toContain('| `staging` | required: name who has to agree | `agents-staging-deploy` |');
});

test('has no variables to set when all accounts and regions are known', () => {
  const { files } = new SynthesizedPipeline('in one account');

  expect(files['README.md']).not.toContain('## Variables');
  expect(files[WORKFLOW]).not.toContain('vars.AWS_');
});

test('keeps the files of several pipelines apart, and of several stages', () => {
  const app = new App();
  const stage = new Stage(app, 'Preproduction');
  const targets = [{ environment: 'testing', clusterName: 'shared' }];
  for (const [scope, name] of [
    [app, 'agents'],
    [app, 'portal'],
    [stage, 'agents'],
  ] as const) {
    const stack = new Stack(scope, `Delivery-${name}`);
    new DeliveryPipeline(stack, 'Pipeline', { source: SourceRepository.github(`acme/${name}`), targets });
  }

  const assembly = app.synth();

  const { directory } = assembly.getNestedAssembly('assembly-Preproduction');
  for (const path of [
    join(assembly.directory, 'delivery/agents'),
    join(assembly.directory, 'delivery/portal'),
    join(directory, 'delivery/agents'),
  ]) {
    expect(statSync(join(path, 'manifest.json')).isFile()).toBe(true);
  }
});

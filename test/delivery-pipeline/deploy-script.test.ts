import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ScriptSandbox } from './script-sandbox';
import { SynthesizedPipeline } from './synthesized-pipeline';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const ONE = new SynthesizedPipeline('in one account').files;
const TWO = new SynthesizedPipeline('agnostic', { services: [{ name: 'api' }, { name: 'worker' }] }).files;

interface Cluster {
  readonly helm?: string;
  readonly status?: string;
  readonly history?: string[];
  readonly account?: string;
  readonly test?: string;
}

function sandbox(files: Record<string, string>, cluster: Cluster = {}): ScriptSandbox {
  const { helm = 'v4.2.4', status, history = [], account = '111111111111', test = 'true' } = cluster;
  const box = new ScriptSandbox({ ...files, 'chart/Chart.yaml': 'name: agents\n' });
  box.fake('aws', { 'sts get-caller-identity': `echo ${account}` });
  box.fake('helm', {
    version: `echo ${helm}`,
    status: status ? `printf 'NAME: agents\\nSTATUS: ${status}\\nREVISION: 4\\n'` : 'exit 1',
    history: `printf 'REVISION\\tUPDATED                 \\tSTATUS    \\tCHART\\n'\n${history
      .map((state, index) => `printf '${index + 1}       \\tMon Oct  5 08:00:00 2026\\t${state}\\tagents-1\\n'`)
      .join('\n')}`,
    test,
  });
  return box;
}

const changes = (box: ScriptSandbox) =>
  box.calls.filter((call) => /^helm (upgrade|uninstall|rollback|test)/.test(call));

test('releases the chart with the digest, and tests the release', () => {
  const box = sandbox(ONE);

  const { status } = box.run('deploy.sh', ['agents', 'staging', `agents=${DIGEST}`]);

  expect(status).toBe(0);
  expect(changes(box)).toEqual([
    'helm upgrade agents chart --install --namespace agents --rollback-on-failure --wait=watcher --wait-for-jobs ' +
      '--timeout 10m --history-max 10 --reset-values ' +
      '--set-string image.repository=111111111111.dkr.ecr.eu-central-1.amazonaws.com/agents/agents ' +
      `--set-string image.digest=${DIGEST}`,
    'helm test agents --namespace agents --logs --timeout 5m',
  ]);
});

test('finds the cluster in a configuration of its own, and leaves none behind', () => {
  const box = sandbox(ONE);

  box.run('deploy.sh', ['agents', 'staging', `agents=${DIGEST}`]);

  expect(box.calls).toContainEqual(
    expect.stringMatching(
      /^aws eks update-kubeconfig --name acme-staging --region eu-central-1 --kubeconfig .*\/tmp\.\w+$/,
    ),
  );
  expect(readdirSync(box.root).filter((name) => name.startsWith('tmp.'))).toEqual([]);
});

test('adds the values of the environment where there are any', () => {
  const box = sandbox({ ...ONE, 'chart/values.staging.yaml': 'replicas: 2\n' });

  box.run('deploy.sh', ['agents', 'staging', `agents=${DIGEST}`]);

  expect(changes(box)[0]).toContain('--reset-values --values chart/values.staging.yaml --set-string');
});

test('gives each of several services its image, in the account that a variable names', () => {
  const box = sandbox(TWO, { account: '444444444444' });
  const variables = {
    AWS_ACCOUNT_DELIVERY: '999999999999',
    AWS_REGION_DELIVERY: 'eu-west-1',
    AWS_ACCOUNT_TESTING: '444444444444',
    AWS_REGION_TESTING: 'eu-west-1',
  };
  const other = DIGEST.replace('ab', 'cd');

  const { status } = box.run('deploy.sh', ['agents', 'testing', `worker=${other}`, `api=${DIGEST}`], variables);

  expect(status).toBe(0);
  expect(changes(box)[0]).toContain(
    '--set-string images.api.repository=999999999999.dkr.ecr.eu-west-1.amazonaws.com/agents/api ' +
      `--set-string images.api.digest=${DIGEST} ` +
      '--set-string images.worker.repository=999999999999.dkr.ecr.eu-west-1.amazonaws.com/agents/worker ' +
      `--set-string images.worker.digest=${other}`,
  );
});

test('takes the flags of Helm 3', () => {
  const box = sandbox(ONE, { helm: 'v3.21.4' });

  expect(box.run('deploy.sh', ['agents', 'staging', `agents=${DIGEST}`]).status).toBe(0);
  expect(changes(box)[0]).toContain('--atomic --wait --wait-for-jobs');
  expect(changes(box)[0]).not.toContain('--rollback-on-failure');
});

test('refuses a Helm that it does not know', () => {
  const box = sandbox(ONE, { helm: 'v2.17.0' });

  const { status, stderr } = box.run('deploy.sh', ['agents', 'staging', `agents=${DIGEST}`]);

  expect([status, stderr]).toEqual([69, 'helm 3 or 4 is needed\n']);
  expect(changes(box)).toEqual([]);
});

test('refuses to deploy to another account', () => {
  const box = sandbox(ONE, { account: '666666666666' });

  const { status, stderr } = box.run('deploy.sh', ['agents', 'staging', `agents=${DIGEST}`]);

  expect([status, stderr]).toEqual([65, 'staging is account 111111111111, not 666666666666\n']);
  expect(changes(box)).toEqual([]);
});

test.each(['latest', 'sha256:abc', `${DIGEST}0`, `${DIGEST} --set a=b`, ''])("refuses the digest '%s'", (digest) => {
  const box = sandbox(ONE);

  const { status, stderr } = box.run('deploy.sh', ['agents', 'staging', `agents=${digest}`]);

  expect([status, stderr]).toEqual([64, `not a digest of agents: '${digest}'\n`]);
  expect(box.calls).toEqual([]);
});

test('refuses to deploy some of the services only', () => {
  const box = sandbox(TWO);
  const variables = ['DELIVERY', 'TESTING'].flatMap((name) => [
    [`AWS_ACCOUNT_${name}`, '111111111111'],
    [`AWS_REGION_${name}`, 'eu-west-1'],
  ]);

  const { status, stderr } = box.run(
    'deploy.sh',
    ['agents', 'testing', `api=${DIGEST}`],
    Object.fromEntries(variables),
  );

  expect([status, stderr]).toEqual([64, "not a digest of worker: ''\n"]);
});

test.each([
  [['agents', 'production', `agents=${DIGEST}`], 'unknown environment: production'],
  [['agents', 'staging', `portal=${DIGEST}`], 'unknown service: portal'],
])('refuses what the pipeline does not have: %s', (args, message) => {
  const { status, stderr } = sandbox(ONE).run('deploy.sh', args);

  expect([status, stderr]).toEqual([64, `${message}\n`]);
});

test('names the variable that is missing', () => {
  const { status, stderr } = sandbox(TWO).run('deploy.sh', ['agents', 'testing', `api=${DIGEST}`]);

  expect(status).not.toBe(0);
  expect(stderr).toContain('AWS_REGION_DELIVERY: is not set');
});

test('tells how it is used', () => {
  const { status, stderr } = sandbox(ONE).run('deploy.sh', []);

  expect(status).not.toBe(0);
  expect(stderr).toContain('usage: ci/deploy.sh APPLICATION ENVIRONMENT SERVICE=DIGEST...');
});

test('removes an installation that was cut off', () => {
  const box = sandbox(ONE, { status: 'pending-install' });

  expect(box.run('deploy.sh', ['agents', 'staging', `agents=${DIGEST}`]).status).toBe(0);
  expect(changes(box).map((call) => call.split(' --')[0])).toEqual([
    'helm uninstall agents',
    'helm upgrade agents chart',
    'helm test agents',
  ]);
});

test.each(['pending-upgrade', 'pending-rollback'])('goes back to what last worked when it finds %s', (status) => {
  const box = sandbox(ONE, { status, history: ['superseded', 'deployed  ', 'failed    ', status] });

  expect(box.run('deploy.sh', ['agents', 'staging', `agents=${DIGEST}`]).status).toBe(0);
  expect(changes(box).map((call) => call.split(' --')[0])).toEqual([
    'helm rollback agents 2',
    'helm upgrade agents chart',
    'helm test agents',
  ]);
});

test('leaves a release alone that is not pending', () => {
  const box = sandbox(ONE, { status: 'deployed', history: ['deployed  '] });

  box.run('deploy.sh', ['agents', 'staging', `agents=${DIGEST}`]);

  expect(changes(box).map((call) => call.split(' ')[1])).toEqual(['upgrade', 'test']);
});

test('takes a release back whose tests fail', () => {
  const box = sandbox(ONE, { status: 'deployed', history: ['superseded', 'deployed  '], test: 'exit 1' });

  const { status, stderr } = box.run('deploy.sh', ['agents', 'staging', `agents=${DIGEST}`]);

  expect([status, stderr]).toEqual([1, 'the tests of agents failed on staging\n']);
  expect(changes(box).at(-1)).toBe('helm rollback agents 2 --namespace agents --wait --timeout 10m');
});

test('leaves a first release for inspection when its tests fail', () => {
  const box = sandbox(ONE, { test: 'exit 1' });

  expect(box.run('deploy.sh', ['agents', 'staging', `agents=${DIGEST}`]).status).toBe(1);
  expect(changes(box).map((call) => call.split(' ')[1])).toEqual(['upgrade', 'test']);
});

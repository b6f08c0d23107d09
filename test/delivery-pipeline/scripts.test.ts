import { expect, test } from 'vitest';
import { ScriptSandbox } from './script-sandbox';
import { SynthesizedPipeline } from './synthesized-pipeline';

const SERVICES = [{ name: 'api', context: 'services/api' }];
const FILES = new SynthesizedPipeline('in one account', { services: SERVICES }).files;
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const COMMIT = '0123456789'.repeat(4);
const REGISTRY = '111111111111.dkr.ecr.eu-central-1.amazonaws.com';

function sandbox(extra: Record<string, string> = {}): ScriptSandbox {
  const box = new ScriptSandbox({ ...FILES, ...extra });
  for (const program of ['aws', 'docker', 'helm']) {
    box.fake(program);
  }
  return box;
}

function builder(digest: string): ScriptSandbox {
  const box = sandbox();
  box.fake('aws', { 'ecr get-login-password': 'echo secret', 'ecr describe-images': 'exit 254' });
  const metadata = `{\n  "containerimage.descriptor": { "digest": "other" },\n  "containerimage.digest": "${digest}"\n}`;
  box.fake('docker', {
    login: 'cat >/dev/null',
    buildx: `while [ "$1" != --metadata-file ]; do shift; done\necho noise\nprintf '%s' '${metadata}' > "$2"`,
  });
  return box;
}

test('builds an image with everything that is known of it, and prints its digest only', () => {
  const box = builder(DIGEST);

  const { status, stdout } = box.run('build.sh', ['agents', 'api', COMMIT]);

  expect([status, stdout]).toEqual([0, `${DIGEST}\n`]);
  expect(box.calls).toContain(`docker login --username AWS --password-stdin ${REGISTRY}`);
  expect(box.calls.at(-1)).toMatch(
    new RegExp(
      `^docker buildx build --push --tag ${REGISTRY}/agents/api:${COMMIT} .*--sbom=true --provenance=mode=max ` +
        `--cache-from type=registry,ref=${REGISTRY}/agents/api-cache:buildcache ` +
        `--cache-to type=registry,ref=${REGISTRY}/agents/api-cache:buildcache,mode=max,.* ` +
        '--file services/api/Dockerfile services/api$',
    ),
  );
});

test('builds no second image of a commit', () => {
  const box = sandbox();
  box.fake('aws', { 'ecr describe-images': `echo ${DIGEST}` });

  const { status, stdout } = box.run('build.sh', ['agents', 'api', COMMIT]);

  expect([status, stdout]).toEqual([0, `${DIGEST}\n`]);
  expect(box.calls.filter((call) => call.startsWith('docker'))).toEqual([]);
});

test('fails when a build leaves no digest', () => {
  const { status, stdout, stderr } = builder('nonsense').run('build.sh', ['agents', 'api', COMMIT]);

  expect([status, stdout]).toEqual([70, '']);
  expect(stderr).toContain(`the build of ${REGISTRY}/agents/api left no digest, but 'nonsense'`);
});

test('builds commits only', () => {
  const { status, stderr } = sandbox().run('build.sh', ['agents', 'api', 'main']);

  expect([status, stderr]).toEqual([64, 'not a commit: main\n']);
});

test('checks a Dockerfile and builds its stage for tests', () => {
  const box = sandbox({ 'services/api/Dockerfile': 'FROM node AS base\nfrom base as test\nRUN npm test\n' });

  expect(box.run('test.sh', ['agents', 'api']).status).toBe(0);
  expect(box.calls).toEqual([
    'docker buildx build --check --file services/api/Dockerfile services/api',
    'docker buildx build --target test --file services/api/Dockerfile services/api',
  ]);
});

test('says so when a Dockerfile has no stage for tests', () => {
  const box = sandbox({ 'services/api/Dockerfile': 'FROM node AS testing\n' });

  const { status, stdout } = box.run('test.sh', ['agents', 'api']);

  expect(status).toBe(0);
  expect(stdout).toContain('no unit tests ran, as there is no stage named test');
  expect(box.calls).toHaveLength(1);
});

test('fails without a Dockerfile, and without a chart', () => {
  const box = sandbox();

  expect(box.run('test.sh', ['agents', 'api'])).toMatchObject({
    status: 66,
    stderr: 'there is no services/api/Dockerfile\n',
  });
  expect(box.run('chart.sh', ['agents'])).toMatchObject({ status: 66, stderr: 'there is no chart/Chart.yaml\n' });
});

test('lints the chart as each environment gets it', () => {
  const box = sandbox({ 'chart/Chart.yaml': 'name: agents\n', 'chart/values.testing.yaml': 'replicas: 2\n' });

  expect(box.run('chart.sh', ['agents']).status).toBe(0);
  const image = `--set-string image.repository=registry.example/agents/api --set-string image.digest=sha256:${'0'.repeat(64)}`;
  expect(box.calls).toEqual([
    `helm lint chart ${image}`,
    `helm lint chart --values chart/values.testing.yaml ${image}`,
    `helm lint chart ${image}`,
  ]);
});

test('reports an outcome as text and as a card', () => {
  const box = sandbox();
  box.fake('aws', {
    'ssm get-parameter': 'echo arn:aws:sns:eu-central-1:111111111111:deployments',
    'sns publish': `printf '%s' "\${@: -1}" > message.json`,
  });
  const url = 'https://github.com/acme/agents/actions/runs/1';

  const { status } = box.run('notify.sh', ['agents', 'staging', 'failure', url]);

  expect(status).toBe(0);
  const message = JSON.parse(box.read('message.json'));
  expect(message.default).toBe(`agents on staging: failure\n${url}`);
  expect(JSON.parse(message.https)).toEqual({
    version: '1.0',
    source: 'custom',
    content: { title: 'agents on staging: failure', description: url },
  });
  expect(box.calls[0]).toContain('--name /agents/staging/delivery-topic');
  expect(box.calls[1]).toContain('--topic-arn arn:aws:sns:eu-central-1:111111111111:deployments --subject');
});

test('reports nothing that could break out of its message', () => {
  const { status, stderr } = sandbox().run('notify.sh', ['agents', 'staging', 'failure"', 'https://example.com']);

  expect([status, stderr]).toEqual([64, 'the outcome and the URL must be plain text\n']);
});

test('installs no Helm that is not the one expected', () => {
  const box = sandbox();
  box.fake('curl', { '': 'while [ "$1" != --output ]; do shift; done\necho other > "$2"' });

  const { status } = box.run('helm.sh', ['helm']);

  expect(status).not.toBe(0);
  expect(box.calls).toEqual([expect.stringContaining('https://get.helm.sh/helm-v4.2.4-linux-amd64.tar.gz')]);
  expect(box.has('helm/helm')).toBe(false);
});

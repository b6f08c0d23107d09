import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { expression } from '../../src/delivery-pipeline/github/expression';
import { SynthesizedPipeline } from './synthesized-pipeline';

interface Step {
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
  readonly env?: Record<string, string>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string[];
  readonly environment?: string;
  readonly permissions: Record<string, string>;
  readonly concurrency?: object;
  readonly outputs?: object;
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly steps: Step[];
}

interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly jobs: Record<string, Job>;
}

const text = (binding: string, ...names: string[]) => {
  const services = names.map((name) => ({ name }));
  const { files } = new SynthesizedPipeline(binding, services.length > 0 ? { services } : {});
  return files['.github/workflows/agents-delivery.yml'];
};
const workflow = (binding: string, ...names: string[]) => parse(text(binding, ...names)) as Workflow;
const step = (job: Job, name: string) => job.steps.find((it) => it.name === name);

const ALL = [workflow('agnostic'), workflow('in one account', 'api', 'worker')];
const JOBS = ALL.flatMap(({ jobs }) => Object.entries(jobs));
const STEPS = JOBS.flatMap(([, { steps }]) => steps);

test('runs on pushes and pull requests to the branch, and by hand', () => {
  expect(ALL[0].on).toEqual({
    push: { branches: ['main'] },
    pull_request: { branches: ['main'] },
    workflow_dispatch: {},
  });
});

test('grants nothing but what a job asks for', () => {
  expect(ALL.map(({ permissions }) => permissions)).toEqual([{}, {}]);
});

test.each(JOBS)('limits the time and the permissions of %s', (_, job) => {
  expect(job['timeout-minutes']).toBeGreaterThan(0);
  expect(Object.keys(job.permissions)).toContain('contents');
  expect(job.permissions.contents).toBe('read');
});

test('pins every action to a commit', () => {
  const uses = STEPS.map((it) => it.uses).filter((it) => it !== undefined);

  expect(uses.length).toBeGreaterThan(10);
  for (const action of uses) {
    expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  }
});

test('tells the version of every action beside its commit', () => {
  for (const line of text('agnostic').match(/uses: .*/g) ?? []) {
    expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

test('leaves no credentials of the repository on disk', () => {
  const checkouts = STEPS.filter((it) => it.uses?.startsWith('actions/checkout@'));

  expect(checkouts).toHaveLength(JOBS.length);
  for (const checkout of checkouts) {
    expect(checkout.with).toEqual({ 'persist-credentials': false });
  }
});

test('has no expression in a script, where its value could become code', () => {
  for (const { run } of STEPS) {
    expect(run ?? '').not.toContain('${{');
  }
});

test('gives pull requests no way to AWS', () => {
  for (const { jobs } of ALL) {
    const onPullRequest = Object.entries(jobs).filter(([, job]) => !job.if && !job.needs);
    expect(onPullRequest.map(([id]) => id)).toEqual(['verify']);
    expect(jobs.verify.permissions).toEqual({ contents: 'read' });
    for (const [id, job] of Object.entries(jobs).filter(([, it]) => it.if)) {
      expect(id).toMatch(/^build-/);
      expect(job.if).toBe("github.event_name != 'pull_request' && github.ref == 'refs/heads/main'");
    }
  }
});

test('promotes through the environments in order, once the images are scanned', () => {
  const { jobs } = workflow('agnostic', 'api', 'worker');

  expect(Object.fromEntries(Object.entries(jobs).map(([id, { needs }]) => [id, needs]))).toEqual({
    verify: undefined,
    'build-api': ['verify'],
    'build-worker': ['verify'],
    'scan-api': ['build-api'],
    'scan-worker': ['build-worker'],
    'deploy-development': ['build-api', 'build-worker', 'scan-api', 'scan-worker'],
    'deploy-testing': ['build-api', 'build-worker', 'deploy-development'],
    'deploy-staging': ['build-api', 'build-worker', 'deploy-testing'],
  });
});

test.each(['development', 'testing', 'staging'])('deploys to %s what was built, by its digest', (environment) => {
  const { jobs } = workflow('agnostic', 'api', 'task-worker');
  const job = jobs[`deploy-${environment}`];

  expect(job.environment).toBe(environment);
  expect(job.concurrency).toEqual({ group: `agents-deploy-${environment}`, 'cancel-in-progress': false });
  expect(step(job, 'Deploy')).toEqual({
    name: 'Deploy',
    env: {
      DIGEST_API: expression('needs.build-api.outputs.digest'),
      DIGEST_TASK_WORKER: expression('needs.build-task-worker.outputs.digest'),
    },
    run: `bash ci/deploy.sh agents ${environment} "api=$DIGEST_API" "task-worker=$DIGEST_TASK_WORKER"`,
  });
  expect(jobs['build-api'].outputs).toEqual({ digest: expression('steps.build.outputs.digest') });
});

test('assumes the role of the environment in its account', () => {
  const { jobs } = workflow('with an account for each environment');

  expect(step(jobs['deploy-staging'], 'Assume the role in AWS')?.with).toEqual({
    'role-to-assume': 'arn:aws:iam::333333333333:role/agents-staging-deploy',
    'aws-region': 'eu-central-1',
    audience: 'sts.amazonaws.com',
    'allowed-account-ids': '333333333333',
    'role-session-name': `deploy-${expression('github.run_id')}`,
    'role-duration-seconds': 3600,
  });
});

test('takes accounts and regions that synth does not know from variables', () => {
  const { jobs } = workflow('agnostic');

  expect(step(jobs['deploy-staging'], 'Assume the role in AWS')?.with).toMatchObject({
    'role-to-assume': `arn:aws:iam::${expression('vars.AWS_ACCOUNT_STAGING')}:role/agents-staging-deploy`,
    'aws-region': expression('vars.AWS_REGION_STAGING'),
    'allowed-account-ids': expression('vars.AWS_ACCOUNT_STAGING'),
  });
});

test('scans sources and images for what is high or critical, and images by digest', () => {
  const { jobs } = workflow('in one account');

  expect(step(jobs.verify, 'Scan the sources')?.with).toMatchObject({
    'scan-type': 'fs',
    severity: 'HIGH,CRITICAL',
    'exit-code': '1',
  });
  expect(step(jobs['scan-agents'], 'Scan the image')?.with).toMatchObject({
    'image-ref': `111111111111.dkr.ecr.eu-central-1.amazonaws.com/agents/agents@${expression('needs.build-agents.outputs.digest')}`,
    severity: 'HIGH,CRITICAL',
    'exit-code': '1',
  });
});

test('lets the scanner pull, and do nothing else', () => {
  const { jobs } = workflow('in one account');

  const inputs = step(jobs['scan-agents'], 'Assume the role in AWS')?.with;

  const policy = JSON.parse(inputs?.['inline-session-policy'] as string);
  expect(policy.Statement).toHaveLength(1);
  expect(policy.Statement[0].Action.filter((action: string) => !/^ecr:(BatchCheck|BatchGet|Get)/.test(action))).toEqual(
    [],
  );
});

test('reports how a deployment ended, without failing it', () => {
  const { jobs } = workflow('agnostic');

  expect(step(jobs['deploy-testing'], 'Report the outcome')).toMatchObject({
    if: 'always()',
    'continue-on-error': true,
    env: { OUTCOME: expression('job.status') },
    run: 'bash ci/notify.sh agents testing "$OUTCOME" "$RUN_URL"',
  });
});

test('deploys from a runner of its own where the Kubernetes API is private, and builds on machines of GitHub', () => {
  const runners = Object.entries(workflow('agnostic').jobs).map(([id, job]) => [id, job['runs-on']]);

  expect(runners).toEqual(
    expect.arrayContaining([
      ['build-agents', 'ubuntu-24.04'],
      ['deploy-development', expression("vars.RUNNER_DEVELOPMENT || 'ubuntu-24.04'")],
    ]),
  );
});

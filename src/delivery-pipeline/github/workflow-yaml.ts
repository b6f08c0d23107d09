import type { Scalar } from 'yaml';
import { type Concurrency, HOSTED_RUNNER, type Job, type Step, type Workflow } from './workflow';

/** Prints a workflow; keys come in the order that readers of workflows are used to. */
export function workflowYaml(workflow: Workflow, header: readonly string[]): string {
  // only an app with a pipeline pays for loading it
  const { Document } = require('yaml') as typeof import('yaml');
  const document = new Document(workflowTree(workflow), { aliasDuplicateObjects: false });
  document.commentBefore = header.map((line) => ` ${line}`).join('\n');

  const comment = (path: readonly (string | number)[], text: string) => {
    (document.getIn(path, true) as Scalar).comment = ` ${text}`;
  };
  for (const { id, permissions, steps } of workflow.jobs) {
    for (const { scope, reason } of permissions) {
      comment(['jobs', id, 'permissions', scope], reason);
    }
    for (const [index, step] of steps.entries()) {
      if ('uses' in step) {
        comment(['jobs', id, 'steps', index, 'uses'], step.uses.version);
      }
    }
  }
  // a folded script would be another script
  return document.toString({ lineWidth: 0 });
}

function workflowTree({ name, branch, concurrency, jobs }: Workflow): object {
  return {
    name,
    on: { push: { branches: [branch] }, pull_request: { branches: [branch] }, workflow_dispatch: {} },
    permissions: {},
    concurrency: concurrencyTree(concurrency),
    defaults: { run: { shell: 'bash' } },
    jobs: Object.fromEntries(jobs.map((job) => [job.id, jobTree(job)])),
  };
}

function jobTree(job: Job): object {
  return {
    name: job.name,
    if: job.condition,
    needs: job.needs,
    'runs-on': job.runsOn ?? HOSTED_RUNNER,
    'timeout-minutes': job.timeoutMinutes,
    environment: job.environment,
    permissions: Object.fromEntries(job.permissions.map(({ scope, access }) => [scope, access])),
    concurrency: job.concurrency && concurrencyTree(job.concurrency),
    env: unlessEmpty(job.env),
    outputs: job.outputs,
    steps: job.steps.map(stepTree),
  };
}

function stepTree(step: Step): object {
  return {
    name: step.name,
    id: step.id,
    if: step.condition,
    'continue-on-error': step.continueOnError,
    ...('uses' in step ? { uses: `${step.uses.name}@${step.uses.commit}`, with: step.with } : {}),
    env: unlessEmpty(step.env),
    ...('run' in step ? { run: step.run } : {}),
  };
}

function concurrencyTree({ group, cancelInProgress }: Concurrency): object {
  return { group, 'cancel-in-progress': cancelInProgress };
}

function unlessEmpty<T extends object>(value?: T): T | undefined {
  return value && Object.keys(value).length > 0 ? value : undefined;
}

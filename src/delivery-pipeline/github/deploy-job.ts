import type { DeliveryModel, EnvironmentModel } from '../delivery-model';
import { Place } from '../place';
import type { ActionCatalog } from './action-catalog';
import { buildJobId, digestOf } from './build-job';
import { expression } from './expression';
import { scanJobId } from './scan-job';
import { checkout, credentials, installHelm, upperCase, variablesOf } from './steps';
import { ASSUME_ROLE, HOSTED_RUNNER, type Job, READ_CONTENTS, type Step } from './workflow';

/** Deploys the images to one environment, once the environment before it has them. */
export function deployJob(model: DeliveryModel, index: number, actions: ActionCatalog): Job {
  const { application, registry, services, environments } = model;
  const environment = environments[index];
  const before = index === 0 ? services.map(scanJobId) : [deployJobId(environments[index - 1])];
  const digests = services.map((service) => ({ service, variable: `DIGEST_${upperCase(service.name)}` }));
  return {
    id: deployJobId(environment),
    name: `Deploy to ${environment.name}`,
    needs: [...services.map(buildJobId), ...before],
    environment: environment.name,
    // a private Kubernetes API is reached from its own network only
    runsOn: expression(`vars.${new Place(environment.place).runnerVariable} || '${HOSTED_RUNNER}'`),
    permissions: [READ_CONTENTS, ASSUME_ROLE],
    // a run of Helm that is cut off leaves its release locked
    concurrency: { group: `${application}-deploy-${environment.name}`, cancelInProgress: false },
    timeoutMinutes: 60,
    env: variablesOf(registry.place, environment.place),
    steps: [
      checkout(actions),
      credentials(actions, { place: environment.place, role: environment.deployRole, session: 'deploy' }),
      installHelm(),
      {
        name: 'Deploy',
        env: Object.fromEntries(digests.map(({ service, variable }) => [variable, digestOf(service)])),
        run: [
          `bash ci/deploy.sh ${application} ${environment.name}`,
          ...digests.map(({ service, variable }) => `"${service.name}=$${variable}"`),
        ].join(' '),
      },
      ...(environment.topicParameter ? [notify(application, environment)] : []),
    ],
  };
}

function deployJobId({ name }: EnvironmentModel): string {
  return `deploy-${name}`;
}

/** An image is promoted whether or not the news of it got through. */
function notify(application: string, environment: EnvironmentModel): Step {
  return {
    name: 'Report the outcome',
    condition: 'always()',
    continueOnError: true,
    env: {
      OUTCOME: expression('job.status'),
      RUN_URL: [
        expression('github.server_url'),
        expression('github.repository'),
        'actions/runs',
        expression('github.run_id'),
      ].join('/'),
    },
    run: `bash ci/notify.sh ${application} ${environment.name} "$OUTCOME" "$RUN_URL"`,
  };
}

import type { DeliveryModel, ServiceModel } from '../delivery-model';
import type { ActionCatalog } from './action-catalog';
import { expression } from './expression';
import { checkout, credentials, variablesOf } from './steps';
import { ASSUME_ROLE, type Job, READ_CONTENTS } from './workflow';

/** The job that builds a service: one each, since the copies of a matrix would overwrite each other's digest. */
export function buildJobId({ name }: ServiceModel): string {
  return `build-${name}`;
}

/** The expression for the digest of a service's image. */
export function digestOf(service: ServiceModel): string {
  return expression(`needs.${buildJobId(service)}.outputs.digest`);
}

/** Builds and pushes one image, once per commit. */
export function buildJob(model: DeliveryModel, service: ServiceModel, actions: ActionCatalog): Job {
  const { application, source, registry } = model;
  return {
    id: buildJobId(service),
    name: `Build ${service.name}`,
    condition: `github.event_name != 'pull_request' && github.ref == 'refs/heads/${source.branch}'`,
    needs: ['verify'],
    permissions: [READ_CONTENTS, ASSUME_ROLE],
    timeoutMinutes: 60,
    env: variablesOf(registry.place),
    outputs: { digest: expression('steps.build.outputs.digest') },
    steps: [
      checkout(actions),
      credentials(actions, { place: registry.place, role: registry.buildRole, session: 'build' }),
      { name: 'Set up BuildKit', uses: actions.buildx, with: { 'cache-binary': false } },
      {
        name: 'Build and push',
        id: 'build',
        run:
          `digest="$(bash ci/build.sh ${application} ${service.name} "$GITHUB_SHA")"\n` +
          'echo "digest=$digest" >> "$GITHUB_OUTPUT"\n',
      },
    ],
  };
}

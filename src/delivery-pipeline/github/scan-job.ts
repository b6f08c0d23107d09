import type { DeliveryModel, ServiceModel } from '../delivery-model';
import { Place } from '../place';
import type { ActionCatalog } from './action-catalog';
import { buildJobId, digestOf } from './build-job';
import { checkout, credentials, repositoryVariable, trivy, variablesOf } from './steps';
import { ASSUME_ROLE, type Job, READ_CONTENTS } from './workflow';

/** A scanner sees everything that an image holds, so it gets to pull and nothing else. */
const PULL_ONLY = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:GetAuthorizationToken',
        'ecr:GetDownloadUrlForLayer',
      ],
      Resource: '*',
    },
  ],
};

export function scanJobId({ name }: ServiceModel): string {
  return `scan-${name}`;
}

/** Scans the very image that will be deployed, in a job that can neither push nor deploy. */
export function scanJob(model: DeliveryModel, service: ServiceModel, actions: ActionCatalog): Job {
  const { application, registry } = model;
  const host = new Place(registry.place).registryHost(repositoryVariable);
  return {
    id: scanJobId(service),
    name: `Scan ${service.name}`,
    needs: [buildJobId(service)],
    permissions: [READ_CONTENTS, ASSUME_ROLE],
    timeoutMinutes: 20,
    env: variablesOf(registry.place),
    steps: [
      checkout(actions),
      credentials(actions, { place: registry.place, role: registry.buildRole, session: 'scan', policy: PULL_ONLY }),
      { name: 'Log in to the registry', run: `bash ci/login.sh ${application}` },
      trivy(actions, 'Scan the image', {
        'scan-type': 'image',
        'image-ref': `${host}/${service.repository}@${digestOf(service)}`,
      }),
    ],
  };
}

import type { DeliveryModel } from '../delivery-model';
import type { ActionCatalog } from './action-catalog';
import { checkout, installHelm, trivy } from './steps';
import { type Job, READ_CONTENTS } from './workflow';

/** What every change has to pass, pull requests included. It has no access to AWS, as it runs anybody's code. */
export function verifyJob({ application, services }: DeliveryModel, actions: ActionCatalog): Job {
  return {
    id: 'verify',
    name: 'Verify',
    permissions: [READ_CONTENTS],
    timeoutMinutes: 30,
    steps: [
      checkout(actions),
      ...services.map(({ name }) => ({ name: `Test ${name}`, run: `bash ci/test.sh ${application} ${name}` })),
      installHelm(),
      { name: 'Lint the chart', run: `bash ci/chart.sh ${application}` },
      trivy(actions, 'Scan the sources', {
        'scan-type': 'fs',
        'scan-ref': '.',
        scanners: 'vuln,secret,misconfig',
      }),
    ],
  };
}

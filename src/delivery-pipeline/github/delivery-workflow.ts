import type { DeliveryModel } from '../delivery-model';
import type { ActionCatalog } from './action-catalog';
import { buildJob } from './build-job';
import { deployJob } from './deploy-job';
import { expression } from './expression';
import { scanJob } from './scan-job';
import { verifyJob } from './verify-job';
import type { Workflow } from './workflow';

/** The pipeline as a workflow: verify, build and scan each image, then one environment after the other. */
export function deliveryWorkflow(model: DeliveryModel, actions: ActionCatalog): Workflow {
  const { application, source, services, environments } = model;
  const isPullRequest = "github.event_name == 'pull_request'";
  return {
    name: `${application}-delivery`,
    branch: source.branch,
    concurrency: {
      // a newer push replaces the check of a pull request; a delivery always has its own group and runs to its end
      group: `${application}-delivery-${expression(`${isPullRequest} && github.ref || github.run_id`)}`,
      cancelInProgress: expression(isPullRequest),
    },
    jobs: [
      verifyJob(model, actions),
      ...services.map((service) => buildJob(model, service, actions)),
      ...services.map((service) => scanJob(model, service, actions)),
      ...environments.map((_, index) => deployJob(model, index, actions)),
    ],
  };
}

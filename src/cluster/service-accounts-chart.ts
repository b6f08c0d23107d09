import { type App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';

/** Who pods are in Kubernetes. */
export interface ServiceAccountSpec {
  readonly name: string;
  readonly namespace: string;
}

/** Service accounts whose pods get no token of the Kubernetes API unless they ask for one. */
export class ServiceAccountsChart extends Chart {
  public constructor(scope: App, id: string, accounts: readonly ServiceAccountSpec[]) {
    super(scope, id);
    for (const { name, namespace } of accounts) {
      new k8s.KubeServiceAccount(this, `${namespace}-${name}`, {
        metadata: { name, namespace },
        // Pod Identity mounts its own token, which counts for AWS only
        automountServiceAccountToken: false,
      });
    }
  }
}

import { Token } from 'aws-cdk-lib';
import { assertDnsLabel } from './dns-label';

/** The namespaces of a cluster in which workloads run. */
export class WorkloadNamespaces {
  /**
   * @param names the namespaces
   * @throws if a name is no DNS label, belongs to Kubernetes, or appears twice
   */
  public constructor(public readonly names: readonly string[]) {
    for (const [index, name] of names.entries()) {
      assertDnsLabel('namespaces', name);
      if (name === 'default' || name.startsWith('kube-')) {
        throw new Error(`'namespaces' must not hold a namespace that Kubernetes brings, got '${name}'`);
      }
      if (names.indexOf(name) !== index) {
        throw new Error(`'namespaces' must not hold a namespace twice, got '${name}'`);
      }
    }
  }

  /** Where a workload runs that says nothing about it. */
  public get first(): string {
    if (this.names.length === 0) {
      throw new Error("'namespaces' must name at least one namespace for a workload, got none");
    }
    return this.names[0];
  }

  /**
   * Fails unless the cluster has the namespace.
   *
   * @param prop the prop that the error names
   */
  public assertHas(prop: string, name: string): void {
    if (!Token.isUnresolved(name) && !this.names.includes(name)) {
      const known = this.names.length === 0 ? 'it has none' : `one of ${this.names.join(', ')}`;
      throw new Error(`'${prop}' must name a namespace of the cluster (${known}), got '${name}'`);
    }
  }
}

import { Duration } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct, type IDependable } from 'constructs';
import type { ChartRelease } from './chart-release';
import { ClusterCharts } from './cluster-charts';
import type { ServiceAccountSpec } from './service-accounts-chart';

const ID = 'ServiceAccounts';

/** The service accounts of all workloads on one cluster: one release, made with the first of them. */
export class ServiceAccounts extends Construct {
  /** The service accounts of a cluster, whoever created it. */
  public static of(cluster: eks.ICluster): ServiceAccounts {
    return (cluster.node.tryFindChild(ID) as ServiceAccounts | undefined) ?? new ServiceAccounts(cluster);
  }

  private readonly owners = new Map<string, string>();
  private readonly accounts: ServiceAccountSpec[] = [];

  private constructor(private readonly cluster: eks.ICluster) {
    super(cluster, ID);
  }

  /** Installs the accounts after something else, for instance after their namespaces. */
  public after(dependency: IDependable): void {
    this.node.addDependency(dependency);
  }

  /** Fails if somebody has the account already. */
  public assertFree(account: ServiceAccountSpec): void {
    const { name, namespace } = account;
    const owner = this.owners.get(keyOf(account));
    if (owner) {
      throw new Error(`'name' must be unique in namespace '${namespace}', '${name}' already belongs to ${owner}`);
    }
  }

  /**
   * Adds an account.
   *
   * @param owner the path of who needs it
   * @returns where the assembly shows it
   */
  public add(account: ServiceAccountSpec, owner: string): string {
    this.assertFree(account);
    const { release } = this;
    this.owners.set(keyOf(account), owner);
    this.accounts.push(account);
    return release.fileOf('ServiceAccount', account.name, account.namespace);
  }

  private get release(): ChartRelease {
    const existing = this.node.tryFindChild('Chart') as ChartRelease | undefined;
    return (
      existing ??
      ClusterCharts.of(this.cluster).install(this, 'Chart', {
        release: 'workloads',
        description: 'Service accounts of workloads, without tokens of the Kubernetes API',
        namespace: 'kube-system',
        timeout: Duration.minutes(5),
        chart: (app, chartId) => {
          const { ServiceAccountsChart } =
            require('./service-accounts-chart') as typeof import('./service-accounts-chart');
          return new ServiceAccountsChart(app, chartId, this.accounts);
        },
      })
    );
  }
}

function keyOf({ name, namespace }: ServiceAccountSpec): string {
  return `${namespace}/${name}`;
}

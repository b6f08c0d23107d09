import { Duration } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import type { ChartRelease } from '../cluster/chart-release';
import { ClusterCharts } from '../cluster/cluster-charts';
import { HelmValue } from '../cluster/helm-value';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { ManifestCheck } from '../evidence/manifest-check';
import { Requirement } from '../evidence/requirement';
import type { ServiceRange } from '../network/service-range';

/** @internal */
export interface MonitoringNamespaceProps {
  readonly cluster: eks.ICluster;
  readonly name: string;
  /** The ranges of the VPC, where nodes and the control plane stand. */
  readonly vpcCidrs: readonly string[];
  readonly services: ServiceRange;
}

/**
 * The namespace of the monitoring, closed but for what it needs.
 *
 * Pod Security is "privileged" here alone: the node exporter looks at the host that it runs on.
 */
export class MonitoringNamespace extends Construct {
  public constructor(scope: Construct, id: string, props: MonitoringNamespaceProps) {
    super(scope, id);
    const { name } = props;
    const chart = this.install(props);
    Evidence.of(this).claim(
      Requirement.IL_SEC_001,
      this,
      new ManifestCheck(
        `nothing enters or leaves namespace '${name}' unless a policy opens it`,
        chart.fileOf('NetworkPolicy', 'default-deny', name),
        ['spec'],
        Expectation.equals({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
      ),
    );
  }

  private install({ cluster, name, vpcCidrs, services }: MonitoringNamespaceProps): ChartRelease {
    const values = vpcCidrs.map((cidr, index) =>
      HelmValue.string(`vpcCidr${index + 1}`, { description: 'IPv4 range of the VPC', value: cidr }),
    );
    const ranges = values.map((value) => value.placeholder);
    return ClusterCharts.of(cluster).install(this, 'Chart', {
      release: 'monitoring-namespace',
      description: 'The namespace of the monitoring, with default-deny network policies',
      namespace: 'kube-system',
      timeout: Duration.minutes(5),
      values,
      chart: (app, chartId) => {
        const { NamespacesChart } =
          require('../cluster/namespaces-chart') as typeof import('../cluster/namespaces-chart');
        const { MonitoringAccessChart } =
          require('./monitoring-access-chart') as typeof import('./monitoring-access-chart');
        new MonitoringAccessChart(app, `${chartId}-access`, { namespace: name, vpcCidrs: ranges });
        return new NamespacesChart(app, chartId, {
          namespaces: [
            {
              name,
              podSecurity: 'privileged',
              egress: [
                // a policy may be held against the address before or after the service was resolved
                { name: 'kubernetes-api', cidr: `${services.kubernetesAddress}/32`, ports: [443] },
                ...ranges.map((cidr, index) => ({ name: `control-plane-${index + 1}`, cidr, ports: [443] })),
              ],
            },
          ],
          podSecurityVersion: 'latest',
          dnsAddress: services.dnsAddress,
        });
      },
    });
  }
}

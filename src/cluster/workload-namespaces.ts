import { Duration, Token } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { ManifestCheck } from '../evidence/manifest-check';
import { Requirement } from '../evidence/requirement';
import { ServiceRange } from '../network/service-range';
import type { ChartRelease } from './chart-release';
import { ClusterCharts } from './cluster-charts';
import { assertDnsLabel } from './dns-label';
import { NamespaceQuota } from './namespace-quota';

/** @internal */
export interface WorkloadNamespacesProps {
  readonly names: readonly string[];
  /** What differs from the usual quota. */
  readonly quotas?: { readonly [namespace: string]: NamespaceQuota };
  readonly imagesByDigest?: boolean;
}

/** The namespaces of a cluster in which workloads run. */
export class WorkloadNamespaces {
  public readonly names: readonly string[];

  private readonly quotas: ReadonlyMap<string, NamespaceQuota>;

  /**
   * @param props the namespaces and their rules
   * @throws if a name is no DNS label, belongs to Kubernetes or appears twice, or if a quota is for no namespace
   */
  public constructor(private readonly props: WorkloadNamespacesProps) {
    const { names, quotas = {} } = props;
    this.names = [...names];
    for (const [index, name] of names.entries()) {
      assertDnsLabel('namespaces', name);
      if (name === 'default' || name.startsWith('kube-')) {
        throw new Error(`'namespaces' must not hold a namespace that Kubernetes brings, got '${name}'`);
      }
      if (names.indexOf(name) !== index) {
        throw new Error(`'namespaces' must not hold a namespace twice, got '${name}'`);
      }
    }
    for (const name of Object.keys(quotas)) {
      this.assertHas('quotas', name);
    }
    this.quotas = new Map(names.map((name) => [name, quotas[name] ?? NamespaceQuota.of()]));
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

  /** Makes the namespaces. */
  public install(scope: Construct, id: string, cluster: eks.ICluster, kubernetesVersion: string): ChartRelease {
    const chart = ClusterCharts.of(cluster).install(scope, id, {
      release: 'namespaces',
      description: 'Namespaces for workloads: Pod Security, admission, quotas and default-deny network policies',
      namespace: 'kube-system',
      timeout: Duration.minutes(5),
      chart: (app, chartId) => {
        const { NamespacesChart } = require('./namespaces-chart') as typeof import('./namespaces-chart');
        const { AdmissionChart } = require('./admission-chart') as typeof import('./admission-chart');
        if (this.names.length > 0) {
          new AdmissionChart(app, `${chartId}-admission`, {
            namespaces: this.names,
            imagesByDigest: this.props.imagesByDigest ?? false,
          });
        }
        return new NamespacesChart(app, chartId, {
          namespaces: [...this.quotas].map(([name, quota]) => ({
            name,
            podSecurity: 'restricted',
            resources: quota._resources,
          })),
          podSecurityVersion: `v${kubernetesVersion}`,
          dnsAddress: new ServiceRange().dnsAddress,
        });
      },
    });
    this.claim(scope, chart);
    return chart;
  }

  private claim(scope: Construct, chart: ChartRelease): void {
    const checks = [...this.quotas].flatMap(([namespace, quota]) => [
      new ManifestCheck(
        `nothing enters or leaves namespace '${namespace}' unless a policy opens it`,
        chart.fileOf('NetworkPolicy', 'default-deny', namespace),
        ['spec'],
        Expectation.equals({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
      ),
      new ManifestCheck(
        `namespace '${namespace}' enforces Pod Security 'restricted'`,
        chart.fileOf('Namespace', namespace),
        ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'],
        Expectation.equals('restricted'),
      ),
      ...Object.entries(quota._resources.hard ?? {}).map(
        ([resource, amount]) =>
          new ManifestCheck(
            `namespace '${namespace}' cannot take more than its quota of ${resource}`,
            chart.fileOf('ResourceQuota', 'quota', namespace),
            ['spec', 'hard', resource],
            Expectation.equals(amount),
          ),
      ),
    ]);
    Evidence.of(scope).claim(Requirement.IL_SEC_001, scope, ...checks, ...this.admissionChecks(chart));
  }

  private admissionChecks(chart: ChartRelease): ManifestCheck[] {
    const binding = chart.fileOf('ValidatingAdmissionPolicyBinding', 'workload-pods');
    return this.names.length === 0
      ? []
      : [
          new ManifestCheck(
            'a pod that breaks the rules on images and tokens is denied',
            binding,
            ['spec', 'validationActions'],
            Expectation.includes('Deny'),
          ),
          new ManifestCheck(
            'the rules on images and tokens count in every namespace for workloads',
            binding,
            ['spec', 'matchResources', 'namespaceSelector', 'matchExpressions', '0', 'values'],
            Expectation.equals(this.names),
          ),
          new ManifestCheck(
            'a pod that cannot be judged by the rules is denied',
            chart.fileOf('ValidatingAdmissionPolicy', 'workload-pods'),
            ['spec', 'failurePolicy'],
            Expectation.equals('Fail'),
          ),
        ];
  }
}

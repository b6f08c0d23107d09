import type { CfnResource } from 'aws-cdk-lib';
import { Duration } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { ClusterCharts } from '../../cluster/cluster-charts';
import { VERSIONS } from '../../cluster/versions';
import { Evidence } from '../../evidence/evidence';
import { Expectation } from '../../evidence/expectation';
import { Requirement } from '../../evidence/requirement';
import { ResourceCheck } from '../../evidence/resource-check';
import { chartValues, METRICS_RELEASE } from './chart-values';
import type { MetricsOptions } from './metrics-options';

/** @internal */
export interface MetricsReleaseProps extends MetricsOptions {
  readonly cluster: eks.ICluster;
}

/** Prometheus, Alertmanager, Grafana and the exporters, from the chart that the Prometheus community keeps. */
export class MetricsRelease extends Construct {
  public constructor(scope: Construct, id: string, props: MetricsReleaseProps) {
    super(scope, id);
    const release = ClusterCharts.of(props.cluster).installPublished(this, 'Chart', {
      ...VERSIONS.kubePrometheusStack,
      release: METRICS_RELEASE,
      namespace: props.namespace,
      values: chartValues(props),
      // the handler itself ends after 15 minutes
      timeout: Duration.minutes(13),
      wait: true,
    });
    const resource = release.node.findChild('Resource').node.defaultChild as CfnResource;
    const { chart, version } = VERSIONS.kubePrometheusStack;
    Evidence.of(this).claim(
      Requirement.IL_MON_001,
      this,
      new ResourceCheck(
        'Prometheus, Alertmanager and Grafana are installed',
        resource,
        ['Chart'],
        Expectation.equals(chart),
      ),
      new ResourceCheck('at a pinned version', resource, ['Version'], Expectation.equals(version)),
    );
  }
}

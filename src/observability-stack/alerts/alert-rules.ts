import { Duration } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { ClusterCharts } from '../../cluster/cluster-charts';
import { Evidence } from '../../evidence/evidence';
import { Expectation } from '../../evidence/expectation';
import { ManifestCheck } from '../../evidence/manifest-check';
import { Requirement } from '../../evidence/requirement';
import type { AlertGroup } from './alert';
import { toRuleGroup } from './rule-group';

/** @internal */
export interface AlertRulesProps {
  readonly cluster: eks.ICluster;
  readonly namespace: string;
  readonly groups: readonly AlertGroup[];
}

/** Alerts as rules on a cluster; the Prometheus operator must be there. */
export class AlertRules extends Construct {
  public constructor(scope: Construct, id: string, { cluster, namespace, groups }: AlertRulesProps) {
    super(scope, id);
    const ruleGroups = groups.map(toRuleGroup);
    const chart = ClusterCharts.of(cluster).install(this, 'Chart', {
      release: 'platform-alerts',
      description: 'Alerts on nodes, workloads, volumes and the monitoring itself',
      namespace,
      timeout: Duration.minutes(5),
      chart: (app, chartId) => {
        const { AlertRulesChart } = require('./alert-rules-chart') as typeof import('./alert-rules-chart');
        return new AlertRulesChart(app, chartId, { namespace, groups: ruleGroups });
      },
    });
    Evidence.of(this).claim(
      Requirement.IL_MON_001,
      this,
      ...ruleGroups.flatMap((group) =>
        group.rules.flatMap(({ alert, expr }, index) =>
          alert === undefined
            ? []
            : new ManifestCheck(
                `alert '${alert}' watches the cluster`,
                chart.fileOf('PrometheusRule', group.name, namespace),
                ['spec', 'groups', '0', 'rules', String(index), 'expr'],
                Expectation.equals(expr),
              ),
        ),
      ),
    );
  }
}

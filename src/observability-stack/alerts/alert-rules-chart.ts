import { ApiObject, type App, Chart } from 'cdk8s';
import type { PrometheusRuleGroup } from './rule-group';

/** What becomes rules on the cluster. */
export interface AlertRulesChartProps {
  readonly namespace: string;
  readonly groups: readonly PrometheusRuleGroup[];
}

/** Rules for the Prometheus operator, one object for each group. */
export class AlertRulesChart extends Chart {
  public constructor(scope: App, id: string, { namespace, groups }: AlertRulesChartProps) {
    super(scope, id);
    for (const group of groups) {
      new ApiObject(this, group.name, {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PrometheusRule',
        metadata: { name: group.name, namespace },
        spec: { groups: [group] },
      });
    }
  }
}

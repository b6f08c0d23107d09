import type { PrometheusRule, PrometheusRuleGroup } from '../../../src/observability-stack/alerts/rule-group';
import type { AlertCase, Series } from './alert-cases';

/** The test file that promtool reads: each case once with its alert, once without. */
export function promtoolTests(groups: readonly PrometheusRuleGroup[], cases: readonly AlertCase[], ruleFile: string) {
  const rules = groups.flatMap((group) => group.rules);
  return {
    rule_files: [ruleFile],
    evaluation_interval: '1m',
    tests: cases.flatMap((alertCase) => {
      const rule = rules.find(({ alert }) => alert === alertCase.alert);
      if (!rule) {
        throw new Error(`no rule is called '${alertCase.alert}'`);
      }
      const { firing, silent } = alertCase;
      return [
        promtoolTest(alertCase, firing, [expected(rule, alertCase.labels)]),
        ...(silent ? [promtoolTest(alertCase, silent, [])] : []),
      ];
    }),
  };
}

function promtoolTest({ alert, at }: AlertCase, series: Series, alerts: object[]) {
  return {
    name: `${alert} ${alerts.length === 0 ? 'is silent' : 'fires'}`,
    interval: '1m',
    input_series: Object.entries(series).map(([selector, values]) => ({ series: selector, values })),
    alert_rule_test: [{ eval_time: `${at}m`, alertname: alert, exp_alerts: alerts }],
  };
}

function expected({ labels, annotations = {} }: PrometheusRule, caseLabels: Readonly<Record<string, string>>) {
  const texts = Object.entries(annotations).map(([key, text]) => [key, expand(text, caseLabels)]);
  return { exp_labels: { ...caseLabels, ...labels }, exp_annotations: Object.fromEntries(texts) };
}

function expand(text: string, labels: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label) => {
    if (!labels[label]) {
      throw new Error(`'${text}' names a label that the alert does not have, '${label}'`);
    }
    return labels[label];
  });
}

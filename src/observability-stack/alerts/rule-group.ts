import { prometheusDuration } from '../prometheus-duration';
import type { Alert, AlertGroup } from './alert';

/** A rule as Prometheus reads it. */
export interface PrometheusRule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A group of rules as Prometheus reads it, in a file as well as in a `PrometheusRule` object. */
export interface PrometheusRuleGroup {
  readonly name: string;
  readonly rules: readonly PrometheusRule[];
}

/** Writes a group of alerts for Prometheus. */
export function toRuleGroup({ name, recordingRules = [], alerts }: AlertGroup): PrometheusRuleGroup {
  return {
    name,
    rules: [
      ...recordingRules.map((rule): PrometheusRule => ({ record: rule.name, expr: rule.expression })),
      ...alerts.map(toRule),
    ],
  };
}

function toRule(alert: Alert): PrometheusRule {
  return {
    alert: alert.name,
    expr: alert.expression,
    ...(alert.pending ? { for: prometheusDuration(alert.pending) } : {}),
    labels: { severity: alert.severity, ...alert.labels },
    annotations: { summary: alert.summary, description: description(alert) },
  };
}

function description({ meaning, impact, firstSteps }: Alert): string {
  const steps = firstSteps.map((step, index) => `${index + 1}. ${step}`);
  return [meaning, `Impact: ${impact}`, 'First steps:', ...steps].join('\n');
}

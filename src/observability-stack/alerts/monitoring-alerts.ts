import { Duration } from 'aws-cdk-lib';
import { type AlertGroup, AlertSeverity } from './alert';

/** Whether monitoring itself can be trusted. */
export const MONITORING_ALERTS: AlertGroup = {
  name: 'platform-monitoring',
  alerts: [
    {
      name: 'Watchdog',
      summary: 'Alerting works',
      expression: 'vector(1)',
      severity: AlertSeverity.NONE,
      meaning: 'This alert always fires. It shows that rules are evaluated and that Alertmanager receives alerts.',
      impact: 'None while it fires. Once it is silent, no other alert can be trusted.',
      firstSteps: [
        'When it is missing, look at the Prometheus pod in the namespace monitoring.',
        'Then look whether Alertmanager runs and whether Prometheus lists it under Status, Alertmanagers.',
      ],
    },
    {
      name: 'TargetDown',
      summary: 'Targets of {{ $labels.job }} in {{ $labels.namespace }} do not answer',
      expression:
        '100 * (count by (cluster, job, namespace, service) (up == 0) / count by (cluster, job, namespace, service) (up)) > 10',
      pending: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      meaning: 'More than a tenth of the targets of one service could not be scraped for 15 minutes.',
      impact: 'Their metrics are missing, so alerts about this service may stay silent.',
      firstSteps: [
        'Open Status, Targets in Prometheus and read the error of the failing targets.',
        'Check that the pods run and that their metrics port answers.',
        'Check that a network policy lets Prometheus in.',
      ],
    },
    {
      name: 'AlertNotificationsFailing',
      summary: 'Alertmanager cannot deliver to {{ $labels.integration }}',
      expression:
        'sum by (cluster, namespace, integration) (rate(alertmanager_notifications_failed_total[10m])) / sum by (cluster, namespace, integration) (rate(alertmanager_notifications_total[10m])) > 0.01',
      pending: Duration.minutes(10),
      severity: AlertSeverity.CRITICAL,
      meaning: 'More than one in a hundred notifications was not delivered for 10 minutes.',
      impact: 'People do not hear of other alerts.',
      firstSteps: [
        'Read the log of the Alertmanager pods; it names the error of the channel.',
        'For SNS: check that the role of Alertmanager may publish to the topic and use its key.',
        'Watch the alerts in Alertmanager itself until delivery works again.',
      ],
    },
    {
      name: 'PrometheusRuleFailures',
      summary: 'Rules of group {{ $labels.rule_group }} cannot be evaluated',
      expression: 'increase(prometheus_rule_evaluation_failures_total[15m]) > 0',
      pending: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      meaning: 'Prometheus failed to evaluate rules of a group again and again for 15 minutes.',
      impact: 'The alerts of this group may not fire, and the series that it records have gaps.',
      firstSteps: [
        'Open Status, Rules in Prometheus and read the error of the rule.',
        'If it speaks of many-to-many matching, look for a target that is scraped twice.',
      ],
    },
  ],
};

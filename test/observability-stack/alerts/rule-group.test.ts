import { Duration } from 'aws-cdk-lib';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { type Alert, AlertSeverity } from '../../../src/observability-stack/alerts/alert';
import { AlertRulesChart } from '../../../src/observability-stack/alerts/alert-rules-chart';
import { toRuleGroup } from '../../../src/observability-stack/alerts/rule-group';

const ALERT: Alert = {
  name: 'QueueStuck',
  summary: 'Queue {{ $labels.queue }} is stuck',
  expression: 'queue:age:max > 60',
  pending: Duration.minutes(90),
  severity: AlertSeverity.WARNING,
  meaning: 'Nobody takes from the queue.',
  impact: 'Answers are late.',
  firstSteps: ['Look at the workers.', 'Start more.'],
  labels: { team: 'agents' },
};

const GROUP = {
  name: 'queues',
  recordingRules: [{ name: 'queue:age:max', expression: 'max by (queue) (queue_age_seconds)' }],
  alerts: [ALERT, { ...ALERT, name: 'QueueGone', pending: undefined, labels: undefined }],
};

const ANNOTATIONS = {
  summary: 'Queue {{ $labels.queue }} is stuck',
  description: [
    'Nobody takes from the queue.',
    'Impact: Answers are late.',
    'First steps:',
    '1. Look at the workers.',
    '2. Start more.',
  ].join('\n'),
};

test('a group computes its series first and explains each alert', () => {
  expect(toRuleGroup(GROUP)).toEqual({
    name: 'queues',
    rules: [
      { record: 'queue:age:max', expr: 'max by (queue) (queue_age_seconds)' },
      {
        alert: 'QueueStuck',
        expr: 'queue:age:max > 60',
        for: '90m',
        labels: { severity: 'warning', team: 'agents' },
        annotations: ANNOTATIONS,
      },
      {
        alert: 'QueueGone',
        expr: 'queue:age:max > 60',
        labels: { severity: 'warning' },
        annotations: ANNOTATIONS,
      },
    ],
  });
});

test('each group becomes an object of the Prometheus operator', () => {
  const group = toRuleGroup(GROUP);
  const chart = new AlertRulesChart(new App(), 'alerts', { namespace: 'monitoring', groups: [group] });
  expect(chart.toJson()).toEqual([
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'queues', namespace: 'monitoring' },
      spec: { groups: [group] },
    },
  ]);
});

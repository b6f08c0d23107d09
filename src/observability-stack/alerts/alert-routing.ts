import type { AlertGroup, MutedAlerts } from './alert';
import { AlertSeverity } from './alert';

/** An SNS topic that Alertmanager publishes to. */
export interface AlertTopic {
  readonly arn: string;
  readonly region: string;
}

const NOBODY = 'nobody';
const CHANNELS = 'channels';

/** Where alerts of the same thing are one message. */
const SAME_CLUSTER = ['cluster', 'environment'];

// SNS takes no subject beyond 100 characters
const SUBJECT =
  '{{ printf "[%s] %s %s (%s)" (.Status | toUpper) .CommonLabels.severity .GroupLabels.alertname .GroupLabels.environment | printf "%.100s" }}';
const MESSAGE = `{{ range .Alerts -}}
{{ .Status | toUpper }} since {{ .StartsAt.UTC.Format "2006-01-02 15:04" }} UTC: {{ .Annotations.summary }}
{{ .Annotations.description }}

{{ end -}}
`;

/**
 * The configuration of Alertmanager: who hears of what, and what stays quiet.
 *
 * It names topics, never secrets: Alertmanager signs its calls to SNS with the role of its pod.
 */
export function alertRouting(groups: readonly AlertGroup[], topics: readonly AlertTopic[]): Record<string, unknown> {
  return {
    route: {
      receiver: CHANNELS,
      group_by: [...SAME_CLUSTER, 'namespace', 'alertname'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '12h',
      routes: [
        { receiver: NOBODY, matchers: [is('severity', AlertSeverity.NONE)] },
        { receiver: NOBODY, matchers: [is('severity', AlertSeverity.INFO)] },
        { receiver: CHANNELS, matchers: [is('severity', AlertSeverity.CRITICAL)], repeat_interval: '4h' },
      ],
    },
    inhibit_rules: [
      {
        source_matchers: [is('severity', AlertSeverity.CRITICAL)],
        target_matchers: [`severity =~ "${AlertSeverity.WARNING}|${AlertSeverity.INFO}"`],
        equal: [...SAME_CLUSTER, 'namespace', 'alertname'],
      },
      ...groups.flatMap(({ alerts }) =>
        alerts.flatMap(({ name, mutes }) => (mutes === undefined ? [] : [inhibition(name, mutes)])),
      ),
    ],
    receivers: [
      { name: NOBODY },
      {
        name: CHANNELS,
        sns_configs: topics.map(({ arn, region }) => ({
          topic_arn: arn,
          sigv4: { region },
          send_resolved: true,
          subject: SUBJECT,
          message: MESSAGE,
        })),
      },
    ],
  };
}

function inhibition(name: string, { alerts, withSame }: MutedAlerts) {
  return {
    source_matchers: [is('alertname', name)],
    target_matchers: [`alertname =~ "${alerts.join('|')}"`],
    equal: [...SAME_CLUSTER, ...withSame],
  };
}

function is(label: string, value: string): string {
  return `${label} = "${value}"`;
}

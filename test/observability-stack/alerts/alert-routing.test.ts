import { describe, expect, test } from 'vitest';
import { alertRouting } from '../../../src/observability-stack/alerts/alert-routing';
import { ESSENTIAL_ALERTS } from '../../../src/observability-stack/alerts/essential-alerts';

const TOPIC = { arn: 'arn:aws:sns:eu-central-1:111111111111:alerts', region: 'eu-central-1' };

describe('the routing of alerts', () => {
  test('publishes to every topic, by the role of the pod', () => {
    const { receivers } = alertRouting([], [TOPIC, { ...TOPIC, region: 'us-east-1' }]);
    expect(receivers).toEqual([
      { name: 'nobody' },
      {
        name: 'channels',
        sns_configs: [
          expect.objectContaining({ topic_arn: TOPIC.arn, sigv4: { region: 'eu-central-1' }, send_resolved: true }),
          expect.objectContaining({ topic_arn: TOPIC.arn, sigv4: { region: 'us-east-1' }, send_resolved: true }),
        ],
      },
    ]);
  });

  test('repeats what is critical more often', () => {
    const { route } = alertRouting([], [TOPIC]);
    expect(route).toMatchObject({
      receiver: 'channels',
      group_by: ['cluster', 'environment', 'namespace', 'alertname'],
      repeat_interval: '12h',
      routes: [
        { receiver: 'nobody', matchers: ['severity = "none"'] },
        { receiver: 'nobody', matchers: ['severity = "info"'] },
        { receiver: 'channels', matchers: ['severity = "critical"'], repeat_interval: '4h' },
      ],
    });
  });

  test('mutes what only repeats a greater alert', () => {
    const { inhibit_rules } = alertRouting(ESSENTIAL_ALERTS, [TOPIC]);
    expect(inhibit_rules).toEqual(
      expect.arrayContaining([
        {
          source_matchers: ['severity = "critical"'],
          target_matchers: ['severity =~ "warning|info"'],
          equal: ['cluster', 'environment', 'namespace', 'alertname'],
        },
        {
          source_matchers: ['alertname = "PvcAlmostFull"'],
          target_matchers: ['alertname =~ "PvcFilling"'],
          equal: ['cluster', 'environment', 'namespace', 'persistentvolumeclaim'],
        },
        {
          source_matchers: ['alertname = "NodeNotReady"'],
          target_matchers: ['alertname =~ "PodCrashLooping|ImagePullFailing|NodeCpuSaturated|NodeMemoryHigh"'],
          equal: ['cluster', 'environment', 'node'],
        },
      ]),
    );
  });
});

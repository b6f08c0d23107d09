import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect } from 'vitest';
import { stringify } from 'yaml';
import { alertRouting } from '../../src/observability-stack/alerts/alert-routing';
import { ESSENTIAL_ALERTS } from '../../src/observability-stack/alerts/essential-alerts';
import { toRuleGroup } from '../../src/observability-stack/alerts/rule-group';
import { ALERT_CASES } from '../observability-stack/alerts/alert-cases';
import { promtoolTests } from '../observability-stack/alerts/promtool-tests';
import { testWith } from './tool';

const directory = mkdtempSync(join(tmpdir(), 'observability-'));
const groups = ESSENTIAL_ALERTS.map(toRuleGroup);
const routing = alertRouting(ESSENTIAL_ALERTS, [
  { arn: 'arn:aws:sns:eu-central-1:111111111111:alerts', region: 'eu-central-1' },
]);

afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, content: unknown): string {
  const path = join(directory, name);
  writeFileSync(path, stringify(content, { lineWidth: 0 }));
  return path;
}

function run(binary: string, ...args: string[]): string {
  return execFileSync(binary, args, { encoding: 'utf-8' });
}

describe('Prometheus', () => {
  testWith('promtool', 'reads every rule', (promtool) => {
    const rules = groups.flatMap((group) => group.rules);
    expect(run(promtool, 'check', 'rules', write('rules.yaml', { groups }))).toContain(`${rules.length} rules found`);
  });

  testWith('promtool', 'fires each alert when it must and keeps it silent when it must not', (promtool) => {
    write('rules.yaml', { groups });
    const tests = write('tests.yaml', promtoolTests(groups, ALERT_CASES, 'rules.yaml'));
    expect(run(promtool, 'test', 'rules', tests)).toContain('SUCCESS');
  });
});

describe('Alertmanager', () => {
  testWith('amtool', 'reads its configuration', (amtool) => {
    expect(run(amtool, 'check-config', write('alertmanager.yaml', routing))).toContain('SUCCESS');
  });

  testWith('amtool', 'sends each severity to whom it concerns', (amtool) => {
    const config = write('alertmanager.yaml', routing);
    const receiverOf = (...labels: string[]) =>
      run(amtool, 'config', 'routes', 'test', `--config.file=${config}`, ...labels).trim();
    expect(receiverOf('severity=critical', 'alertname=NodeNotReady')).toBe('channels');
    expect(receiverOf('severity=warning', 'alertname=TargetDown')).toBe('channels');
    expect(receiverOf('alertname=SomebodyElses')).toBe('channels');
    expect(receiverOf('severity=info', 'alertname=SomebodyElses')).toBe('nobody');
    expect(receiverOf('severity=none', 'alertname=Watchdog')).toBe('nobody');
  });

  testWith('amtool', 'writes a message with what happened, what it harms and what to do', (amtool) => {
    const { message } = topicConfig();
    const alert = groups.flatMap((group) => group.rules).find((rule) => rule.alert === 'PvcAlmostFull');
    const data = notification([
      { status: 'firing', startsAt: '2026-11-22T10:15:00Z', annotations: alert?.annotations },
    ]);
    const text = render(amtool, message, data);
    expect(text).toContain('FIRING since 2026-11-22 10:15 UTC');
    expect(text).toContain('Impact: Writes fail soon; a database on the volume stops.');
    expect(text).toContain('1. Enlarge the claim now: kubectl edit pvc.');
  });

  testWith('amtool', 'keeps the subject as short as SNS demands', (amtool) => {
    const { subject } = topicConfig();
    expect(render(amtool, subject, notification([], 'staging'))).toBe('[FIRING] critical PvcAlmostFull (staging)');
    expect(render(amtool, subject, notification([], 'x'.repeat(99)))).toHaveLength(100);
  });
});

function topicConfig(): { subject: string; message: string } {
  const { receivers } = routing as { receivers: { sns_configs?: { subject: string; message: string }[] }[] };
  return receivers.flatMap((receiver) => receiver.sns_configs ?? [])[0];
}

function notification(alerts: object[], environment = 'staging') {
  return {
    receiver: 'channels',
    status: 'firing',
    alerts,
    groupLabels: { alertname: 'PvcAlmostFull', environment },
    commonLabels: { severity: 'critical' },
  };
}

function render(amtool: string, text: string, data: object): string {
  const file = join(directory, 'data.json');
  writeFileSync(file, JSON.stringify(data));
  const glob = join(directory, '*.tmpl');
  return run(
    amtool,
    'template',
    'render',
    `--template.glob=${glob}`,
    `--template.text=${text}`,
    `--template.data=${file}`,
  );
}

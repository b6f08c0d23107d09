import { describe, expect, test } from 'vitest';
import { ESSENTIAL_ALERTS } from '../../../src/observability-stack/alerts/essential-alerts';
import { toRuleGroup } from '../../../src/observability-stack/alerts/rule-group';
import { ALERT_CASES } from './alert-cases';
import { promtoolTests } from './promtool-tests';

const ALERTS = ESSENTIAL_ALERTS.flatMap((group) => group.alerts);
const NAMES = ALERTS.map((alert) => alert.name);

describe('the essential alerts', () => {
  test('have names of their own', () => {
    expect(new Set(NAMES).size).toBe(NAMES.length);
    expect(NAMES.filter((name) => !/^([A-Z][a-zA-Z]+)+$/.test(name))).toEqual([]);
  });

  test('each say what they mean, what they harm and what to do', () => {
    for (const { meaning, impact, firstSteps } of ALERTS) {
      const sentences = [meaning, impact, ...firstSteps];
      expect(firstSteps.length).toBeGreaterThan(1);
      expect(sentences.filter((sentence) => !/^[A-Z].*\.$/.test(sentence))).toEqual([]);
    }
  });

  test('mute only alerts that there are', () => {
    const muted = ALERTS.flatMap(({ mutes }) => mutes?.alerts ?? []);
    expect(muted.length).toBeGreaterThan(0);
    expect(muted.filter((name) => !NAMES.includes(name))).toEqual([]);
  });

  test('each have a case in which they fire and one in which they are silent', () => {
    expect(ALERT_CASES.map(({ alert }) => alert).sort()).toEqual([...NAMES].sort());
    expect(ALERT_CASES.filter(({ silent }) => !silent).map(({ alert }) => alert)).toEqual(['Watchdog']);
    const { tests } = promtoolTests(ESSENTIAL_ALERTS.map(toRuleGroup), ALERT_CASES, 'rules.yaml');
    expect(tests).toHaveLength(2 * NAMES.length - 1);
  });
});

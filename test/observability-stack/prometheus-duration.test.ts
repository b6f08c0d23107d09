import { Duration } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { prometheusDuration } from '../../src/observability-stack/prometheus-duration';

test.each([
  [Duration.days(15), '15d'],
  [Duration.hours(36), '36h'],
  [Duration.minutes(60), '1h'],
  [Duration.minutes(90), '90m'],
  [Duration.seconds(45), '45s'],
])('%s is written as %s', (duration, text) => {
  expect(prometheusDuration(duration)).toBe(text);
});

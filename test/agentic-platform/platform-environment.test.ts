import { Duration, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { PlatformEnvironment } from '../../src/agentic-platform/platform-environment';

describe.each([
  ['development', PlatformEnvironment.development()],
  ['testing', PlatformEnvironment.testing()],
  ['qa', PlatformEnvironment.of('qa')],
])('%s', (name, environment) => {
  test('is small, and goes away when it is asked to', () => {
    expect(environment).toMatchObject({
      name,
      natGateways: 1,
      highlyAvailable: false,
      deletionProtection: false,
      removalPolicy: RemovalPolicy.SNAPSHOT,
      approval: false,
      imagesByDigest: false,
      metricsRetention: Duration.days(15),
      logRetention: logs.RetentionDays.ONE_MONTH,
    });
  });
});

describe('staging', () => {
  test('survives a zone, stays, and waits for an approval', () => {
    expect(PlatformEnvironment.staging()).toMatchObject({
      name: 'staging',
      natGateways: 3,
      highlyAvailable: true,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      approval: true,
      imagesByDigest: true,
      metricsRetention: Duration.days(30),
      logRetention: logs.RetentionDays.THREE_MONTHS,
    });
  });

  test('gives way to every option', () => {
    const environment = PlatformEnvironment.staging({ highlyAvailable: false, approval: false, natGateways: 2 });

    expect(environment).toMatchObject({ highlyAvailable: false, approval: false, natGateways: 2 });
  });
});

test('is bound to an account and a region when they are given', () => {
  const environment = PlatformEnvironment.of('qa', { account: '111111111111', region: 'us-gov-west-1' });

  expect(environment).toMatchObject({ account: '111111111111', region: 'us-gov-west-1' });
});

test.each(['', 'QA', '1st', 'with space', 'a'.repeat(21), 'qa-'])('fails for the name %j', (name) => {
  expect(() => PlatformEnvironment.of(name)).toThrow(
    `'name' of an environment must be lower case letters, digits and inner hyphens, at most 20, got '${name}'`,
  );
});

test.each(['123', '1234567890123', 'abcdefghijkl'])('fails for the account %s', (account) => {
  expect(() => PlatformEnvironment.testing({ account })).toThrow(
    `'account' of environment 'testing' must be 12 digits, got '${account}'`,
  );
});

test.each(['Frankfurt', 'eu-central', ''])('fails for the region %j', (region) => {
  expect(() => PlatformEnvironment.testing({ region })).toThrow(
    `'region' of environment 'testing' must be a region such as 'eu-central-1', got '${region}'`,
  );
});

test('lets tokens through', () => {
  const token = Lazy.string({ produce: () => 'later' });

  expect(() => PlatformEnvironment.testing({ account: token, region: token })).not.toThrow();
});

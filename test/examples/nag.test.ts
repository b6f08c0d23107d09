import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { AgenticPlatform } from '../../src/agentic-platform/agentic-platform';
import { PlatformEnvironment } from '../../src/agentic-platform/platform-environment';
import { SourceRepository } from '../../src/delivery-pipeline/source-repository';
import { NotificationChannel } from '../../src/observability-stack/notifications/notification-channel';

const bound = { account: '111111111111', region: 'eu-central-1' };

const inOneAccount = [
  PlatformEnvironment.development(bound),
  PlatformEnvironment.testing(bound),
  PlatformEnvironment.staging(bound),
];
// what `cdk init` writes into the cdk.json of a new app
const recommendedFlags = JSON.parse(
  readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf-8'),
);

describe.each([
  ['bound to nothing', undefined, {}],
  ['bound to an account and a region', inOneAccount, {}],
  ['bound to nothing, in a new app', undefined, recommendedFlags],
  ['bound to an account and a region, in a new app', inOneAccount, recommendedFlags],
])('the platform, %s, judged by the AwsSolutions pack', (_, environments, context) => {
  const app = new App({ context });
  new AgenticPlatform(app, 'Acme', {
    source: SourceRepository.github('acme/agents'),
    notify: [NotificationChannel.email('platform@acme.example')],
    environments,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  let error: unknown;
  try {
    app.synth();
  } catch (thrown) {
    error = thrown;
  }
  const [report] = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf-8')).pluginReports.filter(
    ({ pluginName }: { pluginName: string }) => pluginName === 'AwsSolutions',
  );

  test('has no finding that is not acknowledged', () => {
    const findings = report.violations.map(
      ({ ruleName, violatingConstructs }: { ruleName: string; violatingConstructs: { constructPath: string }[] }) =>
        `${ruleName} at ${violatingConstructs.map(({ constructPath }) => constructPath).join(', ')}`,
    );

    expect(findings).toEqual([]);
    expect(error).toBeUndefined();
  });

  test('was really judged', () => {
    expect(report.suppressedViolations.length).toBeGreaterThan(20);
  });

  test('gives a reason with every acknowledgement', () => {
    expect(report.suppressedViolations.filter(({ reason }: { reason?: string }) => !reason)).toEqual([]);
  });
});

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack, Tags } from 'aws-cdk-lib';
import { expect, test } from 'vitest';

test('tells stacks, resources and releases of each environment, and where everything lies', async () => {
  const { summarize } = await import('../../scripts/assembly-summary.mjs');
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'assembly-')) });
  new CfnResource(new Stack(app, 'delivery', { stackName: 'Acme-delivery' }), 'Topic', { type: 'AWS::SNS::Topic' });
  const development = new Stack(app, 'development', { stackName: 'Acme-development' });
  Tags.of(development).add('environment', 'development');
  new CfnResource(development, 'One', { type: 'Custom::AWSCDK-EKS-HelmChart' });
  new CfnResource(development, 'Two', { type: 'AWS::SNS::Topic' });
  const monitoring = new Stack(app, 'monitoring', { stackName: 'Acme-development-observability' });
  Tags.of(monitoring).add('environment', 'development');
  const { directory } = app.synth();
  mkdirSync(join(directory, 'evidence'));
  writeFileSync(join(directory, 'evidence', 'evidence.md'), '');

  const lines = summarize(directory, (path: string) => path.replace(directory, 'cdk.out')).split('\n');

  expect(lines).toEqual([
    '',
    'Environment  Stacks                          Resources  Helm releases',
    '-----------  ------------------------------  ---------  -------------',
    'shared       Acme-delivery                   1          0',
    'development  Acme-development                2          1',
    '             Acme-development-observability  0          0',
    '',
    'Templates:      cdk.out/*.template.json',
    'Evidence:       cdk.out/evidence/evidence.md',
    '',
  ]);
});

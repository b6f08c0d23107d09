import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { ClusterRole } from '../../src/cluster/cluster-role';
import { PlatformCluster } from '../../src/cluster/platform-cluster';

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}

test('access and workloads leave nothing for the AwsSolutions pack to find', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const cluster = new PlatformCluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'TheirVpc') });
  cluster.grantAccess(
    iam.Role.fromRoleArn(stack, 'Us', 'arn:aws:iam::111111111111:role/us'),
    ClusterRole.CLUSTER_ADMIN,
  );
  cluster.addWorkload('planner');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

  // the VPC of somebody else has findings of its own
  expect(() => app.synth()).toThrow();

  const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf-8'));
  const { violations } = pluginReports.find(({ pluginName }: { pluginName: string }) => pluginName === 'AwsSolutions');
  const findings = (violations as Violation[]).flatMap(({ ruleName, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
  );
  expect(findings.filter((finding) => finding.includes('TheirVpc'))).toHaveLength(1);
  expect(findings.filter((finding) => !finding.includes('TheirVpc'))).toEqual([]);
});

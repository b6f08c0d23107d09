import { App, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { describe, expect, test } from 'vitest';
import { PlatformCluster } from '../../src/cluster/platform-cluster';
import { KUBERNETES_CALENDAR, VERSIONS } from '../../src/cluster/versions';

function define(version: string): Stack {
  const stack = new Stack(new App(), 'Stack');
  new PlatformCluster(stack, 'Cluster', {
    vpc: new ec2.Vpc(stack, 'Vpc'),
    version: eks.KubernetesVersion.of(version),
  });
  return stack;
}

function warningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack)
    .findWarning('/Stack/Cluster', Match.stringLikeRegexp('PlatformCluster'))
    .map(({ entry }) => entry.data as string);
}

const SKEW = (version: string) =>
  `charts are installed by kubectl 1.36, which serves Kubernetes 1.36 and one minor version beside it, not ${version}: set 'version' to 1.35 or later [ack: cdk-agentic-platform:PlatformCluster.kubectlSkew]`;

test.each(['1.35', '1.36'])('Kubernetes %s needs no word', (version) => {
  expect(warningsOf(define(version))).toEqual([]);
});

test('kubectl is too far ahead of 1.34', () => {
  expect(warningsOf(define('1.34'))).toEqual([SKEW('1.34')]);
});

test('1.33 is past its standard support as well', () => {
  expect(warningsOf(define('1.33'))).toEqual([
    "Kubernetes 1.33 left standard support on 2026-07-29 and Amazon EKS will upgrade the cluster by itself: set 'version' to 1.36, one minor version at a time for a cluster that exists [ack: cdk-agentic-platform:PlatformCluster.versionPastStandardSupport]",
    SKEW('1.33'),
  ]);
});

test('a version that is known at deployment only is let through', () => {
  expect(warningsOf(define(Token.asString({ Ref: 'Version' })))).toEqual([]);
});

test.each(['1.32', '1.37', '1.36.1', 'latest'])('fails for %s, which this release does not install on', (version) => {
  expect(() => define(version)).toThrow(`'version' must be one of 1.33, 1.34, 1.35, 1.36, got '${version}'`);
});

describe('the calendar', () => {
  test('knows the version that we choose, in standard support, and a kubectl beside it', () => {
    const end = KUBERNETES_CALENDAR.standardSupportEnds.get(VERSIONS.kubernetes);

    expect(KUBERNETES_CALENDAR.standardSupportEnds.has(VERSIONS.kubernetes)).toBe(true);
    expect(end === undefined || end > KUBERNETES_CALENDAR.asOf).toBe(true);
    expect(warningsOf(define(VERSIONS.kubernetes))).toEqual([]);
  });

  test('holds days that compare as texts', () => {
    for (const day of [KUBERNETES_CALENDAR.asOf, ...KUBERNETES_CALENDAR.standardSupportEnds.values()]) {
      expect(day ?? '2026-01-01').toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });
});

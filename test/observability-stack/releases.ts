import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parse } from 'yaml';

interface Release {
  readonly logicalId: string;
  readonly Properties: Record<string, unknown>;
  readonly DependsOn?: string[];
}

/** A Helm release in the template of a stack. */
export function releaseOf(stack: Stack, release: string): Release {
  const releases = Template.fromStack(stack).findResources('Custom::AWSCDK-EKS-HelmChart', {
    Properties: { Release: release },
  });
  const [[logicalId, resource]] = Object.entries(releases);
  return { logicalId, ...(resource as Omit<Release, 'logicalId'>) };
}

/** The values of a Helm release; what is known at deployment only is shown as `${Name}`. */
export function valuesOf(stack: Stack, release: string) {
  return JSON.parse(flatten(releaseOf(stack, release).Properties.Values));
}

/** An object of a synthesized chart. */
export function objectOf(stack: Stack, chart: string, file: string) {
  const root = Stage.of(stack)?.outdir ?? '';
  return parse(readFileSync(join(root, 'charts', chart, 'files', file), 'utf-8'));
}

function flatten(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const [[intrinsic, argument]] = Object.entries(value as object);
  if (intrinsic === 'Fn::Join') {
    return argument[1].map(flatten).join(argument[0]);
  }
  return `\${${[argument].flat().join('.')}}`;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CfnRepository } from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import { expect, test } from 'vitest';
import { SynthesizedPipeline } from './synthesized-pipeline';

function synthesizing(weaken: (pipeline: SynthesizedPipeline) => void): () => void {
  const pipeline = new SynthesizedPipeline('agnostic');
  weaken(pipeline);
  return () => pipeline.app.synth();
}

test('shows that images, roles and registries are what they claim to be', () => {
  const { app } = new SynthesizedPipeline('agnostic');

  const { directory } = app.synth();

  const evidence = readFileSync(join(directory, 'evidence', 'evidence.md'), 'utf-8');
  expect(evidence).toContain('the role trusts nobody but environment:staging of acme/agents');
  expect(evidence).toContain('the role trusts nobody but ref:refs/heads/main of acme/agents');
});

test('fails when tags of images may move', () => {
  const synth = synthesizing(({ pipeline }) => {
    (pipeline.repository('agents').node.defaultChild as CfnRepository).imageTagMutability = 'MUTABLE';
  });

  expect(synth).toThrow('a tag of an image never moves');
});

test('fails when images are not encrypted under a key', () => {
  const synth = synthesizing(({ pipeline }) => {
    (pipeline.repository('agents').node.defaultChild as CfnRepository).encryptionConfiguration = undefined;
  });

  expect(synth).toThrow('images are encrypted by KMS');
});

test('fails when a role trusts more than its environment', () => {
  const synth = synthesizing(({ pipeline }) => {
    const role = pipeline.deployRole('staging').node.defaultChild as iam.CfnRole;
    const subject = 'token\\.actions\\.githubusercontent\\.com:sub';
    role.addPropertyOverride(`AssumeRolePolicyDocument.Statement.0.Condition.StringEquals.${subject}`, 'repo:acme/*');
  });

  expect(synth).toThrow('the role trusts nobody but environment:staging of acme/agents');
});

test('fails when somebody else may assume a role', () => {
  const synth = synthesizing(({ pipeline }) => {
    (pipeline.deployRole('staging') as iam.Role).assumeRolePolicy?.addStatements(
      new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AccountRootPrincipal()] }),
    );
  });

  expect(synth).toThrow('the role has a single statement of trust');
});

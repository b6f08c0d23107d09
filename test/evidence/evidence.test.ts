import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { Evidence } from '../../src/evidence/evidence';
import { Expectation } from '../../src/evidence/expectation';
import { ManifestCheck } from '../../src/evidence/manifest-check';
import { Requirement } from '../../src/evidence/requirement';
import { ResourceCheck } from '../../src/evidence/resource-check';
import { SynthesizedAssembly } from '../../src/evidence/synthesized-assembly';

class RotatingKey extends Construct {
  public readonly resource: kms.CfnKey;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resource = new kms.Key(this, 'Key', { enableKeyRotation: true }).node.defaultChild as kms.CfnKey;
    Evidence.of(this).claim(
      Requirement.DL_ENC_001,
      this,
      new ResourceCheck('the key rotates', this.resource, ['EnableKeyRotation'], Expectation.equals(true)),
    );
  }
}

function evidenceIn(directory: string) {
  const { requirements } = JSON.parse(readFileSync(join(directory, 'evidence', 'evidence.json'), 'utf-8'));
  return (id: string) => requirements.find((requirement: { id: string }) => requirement.id === id);
}

test('a claim that holds is recorded with construct, resource, expectation and finding', () => {
  const app = new App();
  new RotatingKey(new Stack(app, 'Stack'), 'Rotating');

  const requirement = evidenceIn(app.synth().directory)('SWREQ-DL-ENC-001');

  expect(requirement.result).toBe('passed');
  expect(requirement.checks).toEqual([
    {
      statement: 'the key rotates',
      construct: 'Stack/Rotating',
      subject: expect.stringMatching(/^Stack\/RotatingKey\w+ \(AWS::KMS::Key\) EnableKeyRotation$/),
      expected: 'true',
      actual: 'true',
      result: 'passed',
    },
  ]);
});

describe('a weakened platform', () => {
  function weaken(change: (resource: kms.CfnKey) => void): { app: App; synth: () => void } {
    const app = new App();
    change(new RotatingKey(new Stack(app, 'Stack'), 'Rotating').resource);
    return { app, synth: () => app.synth() };
  }

  test('fails synthesis, naming requirement, claim, expectation and finding', () => {
    const { synth } = weaken((resource) => resource.addPropertyOverride('EnableKeyRotation', false));

    expect(synth).toThrow(/SWREQ-DL-ENC-001/);
    expect(synth).toThrow(/the key rotates: expected true, found false, at Stack\/RotatingKey/);
  });

  test('turns the requirement red in the evidence', () => {
    const { app, synth } = weaken((resource) => resource.addPropertyDeletionOverride('EnableKeyRotation'));

    expect(synth).toThrow(/expected true, found absent/);
    expect(evidenceIn(app.outdir)('SWREQ-DL-ENC-001').result).toBe('failed');
  });

  test('cannot hide by removing the resource', () => {
    const { synth } = weaken((resource) => resource.node.scope?.node.tryRemoveChild(resource.node.id));

    expect(synth).toThrow(/found no such resource/);
  });
});

test('a requirement that nobody claims is reported', () => {
  const app = new App();
  new RotatingKey(new Stack(app, 'Stack'), 'Rotating');

  const { directory } = app.synth();

  expect(evidenceIn(directory)('SWREQ-BE-AUTH-001')).toMatchObject({ result: 'not claimed', checks: [] });
  expect(readFileSync(join(directory, 'evidence', 'evidence.md'), 'utf-8')).toContain(
    '| SWREQ-BE-AUTH-001 | JWT authentication for internal APIs | 0 | not claimed |',
  );
});

test('requirements of a foreign catalogue follow ours', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const resource = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic', properties: { DisplayName: 'a|b' } });
  const check = new ResourceCheck('it has a name', resource, ['DisplayName'], Expectation.present());
  Evidence.of(stack).claim(Requirement.of('ACME-7', 'Everything has a name'), stack, check);

  const { directory } = app.synth();

  expect(evidenceIn(directory)('ACME-7').result).toBe('passed');
  expect(readFileSync(join(directory, 'evidence', 'evidence.md'), 'utf-8')).toContain('| "a\\|b" | passed |');
});

test('each stage has evidence of its own', () => {
  const app = new App();
  const stage = new Stage(app, 'Stage');
  new RotatingKey(new Stack(app, 'Stack'), 'Rotating');
  new RotatingKey(new Stack(stage, 'Stack'), 'Rotating');

  const assembly = app.synth();

  expect(evidenceIn(assembly.directory)('SWREQ-DL-ENC-001').checks).toHaveLength(1);
  expect(evidenceIn(stage.outdir)('SWREQ-DL-ENC-001').checks[0].construct).toBe('Stage/Stack/Rotating');
});

test('claims outside of an app are kept nowhere and harm nobody', () => {
  const stack = new Construct(undefined as never, '');

  expect(() => Evidence.of(stack).claim(Requirement.DL_ENC_001, stack)).not.toThrow();
});

test('an object that is missing from a chart fails its check', () => {
  const check = new ManifestCheck('it is there', 'charts/x/files/y.yaml', ['spec'], Expectation.present());

  expect(check.run(new SynthesizedAssembly('/nowhere'))).toMatchObject({ passed: false, actual: 'no such object' });
});

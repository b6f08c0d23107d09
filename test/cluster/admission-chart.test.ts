import { Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { AdmissionChart } from '../../src/cluster/admission-chart';

function render(imagesByDigest: boolean) {
  const chart = new AdmissionChart(Testing.app(), 'Admission', { namespaces: ['agents', 'tools'], imagesByDigest });
  const objects = Testing.synth(chart);
  return {
    policy: objects.find(({ kind }) => kind === 'ValidatingAdmissionPolicy'),
    binding: objects.find(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding'),
  };
}

/** The regular expression in a rule; CEL takes RE2, of which these patterns are the part that JavaScript shares. */
function patternOf(expression: string): RegExp {
  return new RegExp(/matches\('([^']*)'\)/.exec(expression)?.[1] ?? 'no pattern');
}

describe('the policy', () => {
  const { policy } = render(false);

  test('denies what it cannot judge', () => {
    expect(policy).toMatchObject({ apiVersion: 'admissionregistration.k8s.io/v1', spec: { failurePolicy: 'Fail' } });
  });

  test('judges pods when they are made, changed, or given a debug container', () => {
    expect(policy?.spec.matchConstraints.resourceRules).toEqual([
      {
        apiGroups: [''],
        apiVersions: ['v1'],
        operations: ['CREATE', 'UPDATE'],
        resources: ['pods', 'pods/ephemeralcontainers'],
        scope: 'Namespaced',
      },
    ]);
  });

  test('sees the images of all three kinds of containers', () => {
    const [images, accepted, newImages] = policy?.spec.variables ?? [];

    expect(images.name).toBe('images');
    expect(images.expression).toBe(
      ['containers', 'initContainers', 'ephemeralContainers']
        .map(
          (kind) =>
            `(has(object.spec.${kind}) ? object.spec.${kind}.map(container, has(container.image) ? container.image : '') : [])`,
        )
        .join(' + '),
    );
    expect(accepted.expression).toBe(
      `oldObject == null ? [] : ${images.expression.replaceAll('object.', 'oldObject.')}`,
    );
    expect(newImages.expression).toBe('variables.images.filter(image, !(image in variables.accepted))');
  });

  test('wants no token of the default service account, and lets existing pods end', () => {
    expect(policy?.spec.validations.at(-1)).toEqual({
      expression:
        "oldObject != null || (has(object.spec.serviceAccountName) && !(object.spec.serviceAccountName in ['', 'default'])) || (has(object.spec.automountServiceAccountToken) && !object.spec.automountServiceAccountToken)",
      message:
        'pods of the default service account must set automountServiceAccountToken to false, or name another service account',
      reason: 'Forbidden',
    });
  });
});

describe('the rule on tags', () => {
  const { policy } = render(false);
  const [rule] = policy?.spec.validations ?? [];
  const { expression } = policy?.spec.variables.find(({ name }: { name: string }) => name === 'untagged') ?? {};
  const offends = (image: string) => image.endsWith(':latest') || !patternOf(expression).test(image);

  test('says what is wrong and with which image', () => {
    expect(rule).toEqual({
      expression: 'size(variables.untagged) == 0',
      message: 'images must have a tag other than latest, or a digest',
      messageExpression:
        "'images must have a tag other than latest, or a digest, got ' + variables.untagged.join(', ')",
      reason: 'Forbidden',
    });
    expect(expression).toBe(
      "variables.newImages.filter(image, image.endsWith(':latest') || !image.matches(':[A-Za-z0-9_][A-Za-z0-9_.-]*$'))",
    );
  });

  test.each(['nginx', 'nginx:latest', 'localhost:5000/nginx', 'localhost:5000/nginx:latest', 'a/b:', ''])(
    'denies "%s"',
    (image) => {
      expect(offends(image)).toBe(true);
    },
  );

  test.each([
    'nginx:1.29',
    'localhost:5000/nginx:v1_2-rc.3',
    `nginx@sha256:${'0f'.repeat(32)}`,
    `nginx:latest@sha256:${'0f'.repeat(32)}`,
  ])('accepts "%s"', (image) => {
    expect(offends(image)).toBe(false);
  });
});

describe('the rule on digests', () => {
  const { policy } = render(true);
  const [rule] = policy?.spec.validations ?? [];
  const { expression } = policy?.spec.variables.find(({ name }: { name: string }) => name === 'undigested') ?? {};

  test('takes the place of the rule on tags', () => {
    expect(policy?.spec.validations).toHaveLength(2);
    expect(rule).toEqual({
      expression: 'size(variables.undigested) == 0',
      message: 'images must be named by their digest, as in name@sha256:...',
      messageExpression:
        "'images must be named by their digest, as in name@sha256:..., got ' + variables.undigested.join(', ')",
      reason: 'Forbidden',
    });
    expect(expression).toBe("variables.newImages.filter(image, !image.matches('@sha256:[a-f0-9]{64}$'))");
  });

  test.each(['nginx:1.29', 'nginx@sha256:0f', `nginx@sha256:${'0F'.repeat(32)}`])('denies "%s"', (image) => {
    expect(patternOf(expression).test(image)).toBe(false);
  });

  test('accepts a digest', () => {
    expect(patternOf(expression).test(`nginx@sha256:${'0f'.repeat(32)}`)).toBe(true);
  });
});

test('the binding denies and audits, in the namespaces for workloads alone', () => {
  const { policy, binding } = render(false);

  expect(binding?.spec).toEqual({
    policyName: policy?.metadata.name,
    validationActions: ['Deny', 'Audit'],
    matchResources: {
      namespaceSelector: {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['agents', 'tools'] }],
      },
    },
  });
});

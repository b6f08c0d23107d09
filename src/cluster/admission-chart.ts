import { ApiObject, type App, Chart } from 'cdk8s';

/** Properties of an `AdmissionChart`. */
export interface AdmissionChartProps {
  /** Where the rules count. */
  readonly namespaces: readonly string[];
  /** Whether an image must be named by its digest. */
  readonly imagesByDigest: boolean;
}

interface Validation {
  readonly expression: string;
  readonly message: string;
  readonly messageExpression?: string;
  readonly reason: 'Forbidden';
}

const NAME = 'workload-pods';

/**
 * What a pod must fulfil beside its Pod Security standard.
 *
 * The rules look at pods alone. Whatever makes pods (a Deployment, a Job, an operator) makes them through the API, where
 * each is judged with the defaults of Kubernetes filled in; rules on templates would judge the same containers twice and
 * miss every kind that nobody thought of. The price is that a bad image shows in the events of the ReplicaSet, not when
 * the Deployment is applied.
 */
export class AdmissionChart extends Chart {
  public constructor(scope: App, id: string, props: AdmissionChartProps) {
    super(scope, id);
    new ApiObject(this, 'Policy', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: NAME },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE', 'UPDATE'],
              // images change with a pod; debug containers are added through a resource of their own
              resources: ['pods', 'pods/ephemeralcontainers'],
              scope: 'Namespaced',
            },
          ],
        },
        variables: [
          { name: 'images', expression: imagesOf('object') },
          { name: 'accepted', expression: `oldObject == null ? [] : ${imagesOf('oldObject')}` },
          // a pod that is older than the rules must still lose its labels and finalizers, or it could not end
          { name: 'newImages', expression: 'variables.images.filter(image, !(image in variables.accepted))' },
          ...(props.imagesByDigest ? [DIGEST.variable] : [TAG.variable]),
        ],
        validations: [...(props.imagesByDigest ? [DIGEST.validation] : [TAG.validation]), NO_TOKEN],
      },
    });
    new ApiObject(this, 'Binding', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: NAME },
      spec: {
        policyName: NAME,
        validationActions: ['Deny', 'Audit'],
        matchResources: {
          namespaceSelector: {
            // the API server sets this label itself, nobody can take it off
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...props.namespaces] }],
          },
        },
      },
    });
  }
}

/** A name ends with a tag, or with a digest, which reads like one; the port of a registry is followed by a path. */
const TAG = imageRule(
  'untagged',
  "image.endsWith(':latest') || !image.matches(':[A-Za-z0-9_][A-Za-z0-9_.-]*$')",
  'images must have a tag other than latest, or a digest',
);

/** A digest makes a tag irrelevant, so nothing is left for the rule on tags. */
const DIGEST = imageRule(
  'undigested',
  "!image.matches('@sha256:[a-f0-9]{64}$')",
  'images must be named by their digest, as in name@sha256:...',
);

/**
 * Kubernetes makes the default service account itself, so Helm cannot own it and turn its token off: a pod has to say
 * that it wants none, or name an account of its own. Which account a pod has never changes.
 */
const NO_TOKEN: Validation = {
  expression: [
    'oldObject != null',
    "(has(object.spec.serviceAccountName) && !(object.spec.serviceAccountName in ['', 'default']))",
    '(has(object.spec.automountServiceAccountToken) && !object.spec.automountServiceAccountToken)',
  ].join(' || '),
  message:
    'pods of the default service account must set automountServiceAccountToken to false, or name another service account',
  reason: 'Forbidden',
};

function imageRule(name: string, offends: string, message: string) {
  const validation: Validation = {
    expression: `size(variables.${name}) == 0`,
    message,
    messageExpression: `'${message}, got ' + variables.${name}.join(', ')`,
    reason: 'Forbidden',
  };
  return { variable: { name, expression: `variables.newImages.filter(image, ${offends})` }, validation };
}

/** The three kinds of containers have types of their own in CEL, their images have one. */
function imagesOf(pod: string): string {
  return ['containers', 'initContainers', 'ephemeralContainers']
    .map((containers) => `${pod}.spec.${containers}`)
    .map((list) => `(has(${list}) ? ${list}.map(container, has(container.image) ? container.image : '') : [])`)
    .join(' + ');
}

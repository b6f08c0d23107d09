import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { ManifestCheck } from '../evidence/manifest-check';
import { Requirement } from '../evidence/requirement';
import { assertDnsLabel } from './dns-label';
import { definePodIdentity } from './pod-identity';
import { ServiceAccounts } from './service-accounts';

/** The properties of a `Workload`. */
export interface WorkloadProps {
  /** The cluster on which it runs; an imported one needs its `kubectlProvider`. */
  readonly cluster: eks.ICluster;

  /** The namespace in which it runs; it must exist. */
  readonly namespace: string;

  /**
   * Its name, which is also that of its service account; unique in the namespace.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
}

/**
 * Who a program on the cluster is: a service account in Kubernetes and a role in AWS, joined by EKS Pod Identity.
 *
 * Grants take it like any other identity. Its pods name the service account and need nothing else: no secret, no
 * annotation, and no token of the Kubernetes API, which is not mounted.
 *
 * @example
 * const platform = new PlatformCluster(this, 'Cluster', { vpc });
 * const planner = platform.addWorkload('planner', { namespace: 'agents' });
 * const documents = new kms.Key(this, 'Documents', { enableKeyRotation: true });
 * documents.grantDecrypt(planner);
 */
export class Workload extends Construct implements iam.IGrantable {
  /** The namespace in which it runs. */
  public readonly namespace: string;
  /** The service account that its pods name. */
  public readonly serviceAccountName: string;
  /** Its role in AWS, without any right until it is granted one. */
  public readonly role: iam.IRole;
  /** The identity to which grants apply. */
  public readonly grantPrincipal: iam.IPrincipal;

  /**
   * Defines the service account, the role and what joins them.
   *
   * @param scope the parent
   * @param id the id within the parent
   * @param props where it runs
   * @throws if the names are no DNS labels, if the service account is the default one or belongs to another workload,
   * or if nothing can be installed on the cluster
   */
  public constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const { cluster, namespace, name = id } = props;
    assertDnsLabel('namespace', namespace);
    assertDnsLabel('name', name);
    if (name === 'default') {
      throw new Error("'name' must not be the service account of pods that name none, got 'default'");
    }
    this.namespace = namespace;
    this.serviceAccountName = name;

    const file = ServiceAccounts.of(cluster).add({ name, namespace }, this.node.path);
    this.role = definePodIdentity(this, {
      cluster,
      namespace,
      serviceAccount: name,
      description: `Pods of ${name} in namespace ${namespace}`,
    });
    this.grantPrincipal = this.role;
    Evidence.of(this).claim(
      Requirement.IL_SEC_001,
      this,
      new ManifestCheck(
        `pods of ${namespace}/${name} get no token of the Kubernetes API unasked`,
        file,
        ['automountServiceAccountToken'],
        Expectation.equals(false),
      ),
    );
  }
}

import { Lazy, Names, Stack, Token } from 'aws-cdk-lib';
import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';
import type { ClusterRole } from './cluster-role';
import type { WorkloadNamespaces } from './workload-namespaces';

/** Options of `PlatformCluster.grantAccess`. */
export interface ClusterAccessOptions {
  /**
   * The namespaces in which the role counts. `ClusterRole.CLUSTER_ADMIN` takes none.
   *
   * @default - all namespaces of the cluster that are for workloads, or the whole cluster for a cluster administrator
   */
  readonly namespaces?: string[];
}

/** One row of who may do what. */
export interface ClusterAccessGrant {
  readonly principal: iam.IRole;
  readonly role: ClusterRole;
  /** Empty for the whole cluster. */
  readonly namespaces: readonly string[];
}

/** @internal */
export interface ClusterAccessProps {
  readonly cluster: eks.ICluster;
  readonly namespaces: WorkloadNamespaces;
}

/** The roles that one principal has, each with its namespaces. */
interface Holder {
  readonly principal: iam.IRole;
  readonly scopes: Map<ClusterRole, Set<string>>;
  readonly entry: CfnAccessEntry;
}

/** People and pipelines on a cluster: EKS keeps one access entry for each, however often it is granted something. */
export class ClusterAccess extends Construct {
  private readonly holders = new Map<string, Holder>();

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterAccessProps,
  ) {
    super(scope, id);
  }

  /** Who may do what, in the order of the first grant. */
  public get grants(): ClusterAccessGrant[] {
    return [...this.holders.values()].flatMap(({ principal, scopes }) =>
      [...scopes].map(([role, namespaces]) => ({ principal, role, namespaces: [...namespaces].sort() })),
    );
  }

  public grant(principal: iam.IRole, role: ClusterRole, namespaces?: readonly string[]): void {
    const scope = this.scopeOf(role, namespaces);
    // the same role may have been imported twice, so it is known by its ARN and not by its construct
    const holder = this.holders.get(principal.roleArn) ?? this.admit(principal);
    if (!role.clusterWide && !holder.scopes.has(role)) {
      this.claimScope(holder, role);
    }
    holder.scopes.set(role, new Set([...(holder.scopes.get(role) ?? []), ...scope]));
  }

  private scopeOf(role: ClusterRole, namespaces?: readonly string[]): readonly string[] {
    if (role.clusterWide) {
      if (namespaces) {
        throw new Error(`'namespaces' must not be given for ${role}, which spans the cluster, got ${list(namespaces)}`);
      }
      return [];
    }
    const scope = namespaces ?? this.props.namespaces.names;
    if (scope.length === 0) {
      throw new Error(`'namespaces' must name at least one namespace for ${role}, got none`);
    }
    for (const namespace of scope) {
      this.props.namespaces.assertHas('namespaces', namespace);
    }
    return scope;
  }

  private admit(principal: iam.IRole): Holder {
    const { cluster } = this.props;
    const { roleArn } = principal;
    if (!Token.isUnresolved(roleArn) && !/^arn:[^:]+:iam::\d{12}:role\//.test(roleArn)) {
      throw new Error(`'principal' must be an IAM role and no session of one, got '${roleArn}'`);
    }
    const scopes = new Map<ClusterRole, Set<string>>();
    const entry = new CfnAccessEntry(this, Names.nodeUniqueId(principal.node), {
      clusterName: cluster.clusterName,
      principalArn: roleArn,
      type: 'STANDARD',
      accessPolicies: Lazy.any({ produce: () => this.policiesOf(scopes) }),
    });
    this.allowDescribe(entry, principal);
    const holder = { principal, scopes, entry };
    this.holders.set(roleArn, holder);
    return holder;
  }

  /** Without it nobody finds the endpoint. It stands here, since a policy beside the role could close a circle of stacks. */
  private allowDescribe(entry: CfnAccessEntry, principal: iam.IRole): void {
    // roles of IAM Identity Center refuse changes: their permission set has to allow it
    if (!principal.roleArn.includes(':role/aws-reserved/')) {
      new iam.Policy(this, `${entry.node.id}Describe`, {
        roles: [principal],
        statements: [
          new iam.PolicyStatement({ actions: ['eks:DescribeCluster'], resources: [this.props.cluster.clusterArn] }),
        ],
      });
    }
  }

  private claimScope({ principal, scopes, entry }: Holder, role: ClusterRole): void {
    Evidence.of(this).claim(
      Requirement.IL_SEC_001,
      this,
      new ResourceCheck(
        `${role} for ${principal.node.path} is limited to namespaces`,
        entry,
        ['AccessPolicies', String(scopes.size), 'AccessScope', 'Type'],
        Expectation.equals('namespace'),
      ),
    );
  }

  private policiesOf(scopes: Holder['scopes']): CfnAccessEntry.AccessPolicyProperty[] {
    return [...scopes].map(([role, namespaces]) => ({
      policyArn: `arn:${Stack.of(this).partition}:eks::aws:cluster-access-policy/${role.policyName}`,
      accessScope: role.clusterWide ? { type: 'cluster' } : { type: 'namespace', namespaces: [...namespaces].sort() },
    }));
  }
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `'${name}'`).join(', ');
}

/** What somebody may do on a cluster, as one of the access policies of Amazon EKS. */
export class ClusterRole {
  /** Read what runs in the namespaces, but no secrets. */
  public static readonly VIEWER = new ClusterRole('VIEWER', 'AmazonEKSViewPolicy', false);
  /** Change what runs in the namespaces, secrets among it, but not who has access. */
  public static readonly EDITOR = new ClusterRole('EDITOR', 'AmazonEKSEditPolicy', false);
  /** Everything in the namespaces, also the roles and bindings of Kubernetes there. */
  public static readonly ADMIN = new ClusterRole('ADMIN', 'AmazonEKSAdminPolicy', false);
  /** Everything on the whole cluster; for break-glass roles, not for every day. */
  public static readonly CLUSTER_ADMIN = new ClusterRole('CLUSTER_ADMIN', 'AmazonEKSClusterAdminPolicy', true);

  /**
   * @param name The name of the role, for instance `VIEWER`.
   * @param policyName The name of the access policy in Amazon EKS.
   * @param clusterWide Whether the role always spans the whole cluster.
   */
  private constructor(
    public readonly name: string,
    public readonly policyName: string,
    public readonly clusterWide: boolean,
  ) {}

  /** The name of the role. */
  public toString(): string {
    return this.name;
  }
}

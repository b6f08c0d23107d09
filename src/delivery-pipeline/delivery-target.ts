import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';

/** An environment that the pipeline deploys to: a namespace of a cluster. */
export interface DeliveryTarget {
  /**
   * The name of the environment, a DNS label other than `delivery`. The engine's environment is called the same.
   */
  readonly environment: string;

  /** The physical name of the cluster. A literal: the pipeline's files cannot hold tokens. */
  readonly clusterName: string;

  /**
   * The cluster. The deploy role is then created in the cluster's stack, and with it an access entry that lets the role
   * edit the namespace and makes it a member of the Kubernetes group `<application>:deployers`.
   *
   * @default - the deploy role is created in the stack of the pipeline, and is given access to the cluster by you
   */
  readonly cluster?: eks.ICluster;

  /**
   * The namespace to release to, a DNS label. It must exist: the deploy role may not create namespaces.
   *
   * @default 'agents'
   */
  readonly namespace?: string;

  /**
   * Whether a person has to agree before the environment is deployed to. GitHub keeps reviewers in its settings, so
   * the generated README.md lists what to set.
   *
   * @default false
   */
  readonly approval?: boolean;

  /**
   * The topic that is told how each deployment ended. It must not belong to a stack that depends on the one of the
   * cluster.
   *
   * @default - nobody is told
   */
  readonly topic?: sns.ITopic;

  /**
   * The provider of GitHub's identities in the environment's account, if that is another account than the pipeline's
   * and already has one.
   *
   * @default - the one of the pipeline if the accounts are the same, else one is created per account
   */
  readonly openIdConnectProvider?: iam.IOidcProvider;
}

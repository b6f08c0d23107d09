import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { definePodIdentity } from '../../cluster/pod-identity';
import { grantPublish } from '../../security/grant-publish';

/** @internal */
export interface AlertmanagerIdentityProps {
  readonly cluster: eks.ICluster;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** What it publishes to. */
  readonly topics: readonly sns.ITopic[];
}

/** Who Alertmanager is in AWS: a role of its pods that may publish to topics, so that no secret is stored for it. */
export class AlertmanagerIdentity extends Construct {
  public constructor(scope: Construct, id: string, props: AlertmanagerIdentityProps) {
    super(scope, id);
    const { topics, ...identity } = props;
    const role = definePodIdentity(this, { ...identity, description: `Alertmanager of ${this.node.path}` });
    for (const topic of topics) {
      grantPublish(topic, role);
    }
  }
}

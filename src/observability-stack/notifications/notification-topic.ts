import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { Evidence } from '../../evidence/evidence';
import { Expectation } from '../../evidence/expectation';
import { Requirement } from '../../evidence/requirement';
import { ResourceCheck } from '../../evidence/resource-check';
import { CustomerKey } from '../../security/customer-key';
import { NotificationChannel } from './notification-channel';

/** @internal */
export interface NotificationTopicProps {
  /** Whom to reach; addresses are subscribed, topics are passed on in `channels`. */
  readonly channels: readonly NotificationChannel[];
  /** The key that encrypts messages; a new one when left out. */
  readonly encryptionKey?: kms.IKey;
}

/**
 * An encrypted topic with people subscribed to it.
 *
 * Roles of this account publish by their own policies, alarms of CloudWatch by that of the topic. Rules of EventBridge
 * cannot: KMS would have to trust them without a condition on the account. Give their target a role instead.
 */
export class NotificationTopic extends Construct {
  public readonly topic: sns.Topic;
  /** What publishes to everybody: this topic, and the topics among the given channels. */
  public readonly channels: NotificationChannel[];

  public constructor(scope: Construct, id: string, { channels, encryptionKey }: NotificationTopicProps) {
    super(scope, id);
    const key = encryptionKey ?? CustomerKey.orNew(this, 'Key', undefined, `Messages of ${this.node.path}`);
    this.topic = new sns.Topic(this, 'Resource', { masterKey: key, enforceSSL: true });
    this.allowAlarms(key);

    const addresses = new Set(channels.flatMap(({ _address }) => _address ?? []));
    for (const address of addresses) {
      this.topic.addSubscription(new EmailSubscription(address));
    }
    const topics = new Set(channels.flatMap(({ _topic }) => _topic ?? []));
    this.channels = [this.topic, ...topics].map((topic) => NotificationChannel.topic(topic));

    Evidence.of(this).claim(
      Requirement.DL_ENC_001,
      this,
      new ResourceCheck(
        'messages are encrypted with a customer key',
        this.topic.node.defaultChild as sns.CfnTopic,
        ['KmsMasterKeyId'],
        Expectation.present(),
      ),
    );
  }

  private allowAlarms(key: kms.IKey): void {
    const alarms = {
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    };
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({ ...alarms, actions: ['sns:Publish'], resources: [this.topic.topicArn] }),
    );
    key.addToResourcePolicy(
      new iam.PolicyStatement({ ...alarms, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'] }),
      true,
    );
  }
}

import { Token } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';

/**
 * A way to reach people when something needs them.
 *
 * @example
 * new ObservabilityStack(app, 'Observability', {
 *   cluster,
 *   notify: [NotificationChannel.email('platform@acme.example')],
 * });
 */
export class NotificationChannel {
  /**
   * An e-mail address. AWS sends a message to it once, with a link to confirm the subscription.
   *
   * @param address the address
   * @throws if it is no e-mail address
   */
  public static email(address: string): NotificationChannel {
    if (!Token.isUnresolved(address) && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) {
      throw new Error(`'address' must be an e-mail address such as 'team@acme.example', got '${address}'`);
    }
    return new NotificationChannel(address);
  }

  /**
   * An SNS topic that is already there, with whatever is subscribed to it.
   *
   * Who publishes is granted access to the topic, and to its key if the topic was created in the same app.
   *
   * @param topic the topic
   */
  public static topic(topic: sns.ITopic): NotificationChannel {
    return new NotificationChannel(undefined, topic);
  }

  private constructor(
    /** @internal */
    public readonly _address?: string,
    /** @internal */
    public readonly _topic?: sns.ITopic,
  ) {}
}

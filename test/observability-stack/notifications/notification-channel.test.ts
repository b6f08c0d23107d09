import { App, Lazy, Stack } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import { expect, test } from 'vitest';
import { NotificationChannel } from '../../../src/observability-stack/notifications/notification-channel';

test.each(['', 'platform', 'platform@acme', 'a b@acme.example', '@acme.example'])(
  'fails for the address %o',
  (address) => {
    expect(() => NotificationChannel.email(address)).toThrow(
      `'address' must be an e-mail address such as 'team@acme.example', got '${address}'`,
    );
  },
);

test('lets a token through as an address', () => {
  const address = Lazy.string({ produce: () => 'platform@acme.example' });
  expect(NotificationChannel.email(address)._address).toBe(address);
});

test('carries the topic that it was given', () => {
  const topic = new sns.Topic(new Stack(new App(), 'Stack'), 'Topic');
  expect(NotificationChannel.topic(topic)._topic).toBe(topic);
});

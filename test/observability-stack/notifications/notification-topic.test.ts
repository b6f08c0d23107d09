import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { Evidence } from '../../../src/evidence/evidence';
import { SynthesizedAssembly } from '../../../src/evidence/synthesized-assembly';
import { NotificationChannel } from '../../../src/observability-stack/notifications/notification-channel';
import { NotificationTopic } from '../../../src/observability-stack/notifications/notification-topic';

const EMAIL = NotificationChannel.email('platform@acme.example');

function notifications(...channels: NotificationChannel[]) {
  const stack = new Stack(new App(), 'Stack');
  return new NotificationTopic(stack, 'Notifications', { channels });
}

describe('the topic', () => {
  test('is encrypted under a key of its own that is rotated', () => {
    const template = Template.fromStack(Stack.of(notifications()));
    const [key] = Object.keys(template.findResources('AWS::KMS::Key'));

    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
  });

  test('is encrypted under the key that is given', () => {
    const stack = new Stack(new App(), 'Stack');
    const encryptionKey = new kms.Key(stack, 'Theirs');
    new NotificationTopic(stack, 'Notifications', { channels: [], encryptionKey });
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
  });

  test('refuses plain HTTP', () => {
    Template.fromStack(Stack.of(notifications())).hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 'sns:Publish',
            Principal: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });

  test('takes alarms of its own account, and so does the key', () => {
    const template = Template.fromStack(Stack.of(notifications()));
    const alarms = {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    };
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ ...alarms, Action: 'sns:Publish' })]) },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({ ...alarms, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] })]),
      },
    });
  });

  test('has each address subscribed once', () => {
    const template = Template.fromStack(
      Stack.of(notifications(EMAIL, EMAIL, NotificationChannel.email('b@acme.example'))),
    );
    template.resourceCountIs('AWS::SNS::Subscription', 2);
  });

  test('is among the channels to publish to, with the topics that were given', () => {
    const theirs = new sns.Topic(new Stack(new App(), 'Theirs'), 'Topic');
    const { channels, topic } = notifications(EMAIL, NotificationChannel.topic(theirs));
    expect(channels.map(({ _topic }) => _topic)).toEqual([topic, theirs]);
  });

  test('turns the evidence red when its encryption is switched off', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const { topic } = new NotificationTopic(stack, 'Notifications', { channels: [] });
    (topic.node.defaultChild as sns.CfnTopic).kmsMasterKeyId = undefined;

    expect(() => app.synth()).toThrow('messages are encrypted with a customer key: expected present, found absent');
    const claim = Evidence.of(stack).claims.find(({ construct }) => construct.node.path === 'Stack/Notifications');
    expect(claim?.check.run(new SynthesizedAssembly(app.outdir)).passed).toBe(false);
  });
});

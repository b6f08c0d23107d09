import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { App, Duration, Lazy, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { PlatformCluster } from '../../src/cluster/platform-cluster';
import { Evidence } from '../../src/evidence/evidence';
import { SynthesizedAssembly } from '../../src/evidence/synthesized-assembly';
import { PlatformNetwork } from '../../src/network/platform-network';
import { NotificationChannel } from '../../src/observability-stack/notifications/notification-channel';
import { NotificationTopic } from '../../src/observability-stack/notifications/notification-topic';
import { ObservabilityStack } from '../../src/observability-stack/observability-stack';
import { importedCluster, ownCluster } from './clusters';
import { objectOf, releaseOf, valuesOf } from './releases';

const EMAIL = NotificationChannel.email('platform@acme.example');

function filesBelow(directory: string): Record<string, string> {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf-8' }).map((path) => join(directory, path));
  return Object.fromEntries(
    paths
      .filter((path) => statSync(path).isFile())
      .sort()
      .map((path) => [relative(directory, path), readFileSync(path, 'utf-8')]),
  );
}

describe('what is installed', () => {
  test('is the pinned chart, then the alerts, into a namespace that comes first', () => {
    const app = new App();
    const stack = new ObservabilityStack(app, 'Obs', { cluster: ownCluster(app), notify: [EMAIL] });
    app.synth();

    const namespace = releaseOf(stack, 'monitoring-namespace');
    const metrics = releaseOf(stack, 'monitoring');
    const alerts = releaseOf(stack, 'platform-alerts');
    expect(metrics.Properties).toMatchObject({
      Chart: 'kube-prometheus-stack',
      Version: '88.5.3',
      Repository: 'https://prometheus-community.github.io/helm-charts',
      Namespace: 'monitoring',
      Wait: true,
      Timeout: '780s',
    });
    expect(metrics.DependsOn).toContain(namespace.logicalId);
    expect(alerts.DependsOn).toContain(metrics.logicalId);
  });

  test('is small where nothing is said', () => {
    const app = new App();
    const stack = new ObservabilityStack(app, 'Obs', { cluster: ownCluster(app) });
    const { prometheus, alertmanager } = valuesOf(stack, 'monitoring');

    expect(prometheus.prometheusSpec).toMatchObject({ replicas: 1, retention: '15d', retentionSize: '42GB' });
    expect(prometheus.podDisruptionBudget).toEqual({ enabled: false });
    expect(alertmanager.alertmanagerSpec).toMatchObject({ replicas: 1 });
    expect(stack.environmentName).toBe('obs');
  });

  test('is spread over zones, larger and kept longer where that is said', () => {
    const app = new App();
    const stack = new ObservabilityStack(app, 'Obs', {
      cluster: ownCluster(app),
      environmentName: 'staging',
      highlyAvailable: true,
      metricsRetention: Duration.days(30),
      storage: Size.gibibytes(100),
      storageClass: 'fast',
    });
    const { prometheus, alertmanager } = valuesOf(stack, 'monitoring');

    const spread = { podAntiAffinity: 'hard', podAntiAffinityTopologyKey: 'topology.kubernetes.io/zone' };
    expect(prometheus.podDisruptionBudget).toEqual({ enabled: true });
    expect(prometheus.prometheusSpec).toMatchObject({
      ...spread,
      replicas: 2,
      retention: '30d',
      retentionSize: '85GB',
      externalLabels: { environment: 'staging' },
      storageSpec: {
        volumeClaimTemplate: { spec: { storageClassName: 'fast', resources: { requests: { storage: '100Gi' } } } },
      },
    });
    expect(alertmanager.podDisruptionBudget).toEqual({ enabled: true });
    expect(alertmanager.alertmanagerSpec).toMatchObject({ ...spread, replicas: 3 });
  });

  test('keeps the templates of alerts as they are', () => {
    const app = new App();
    const stack = new ObservabilityStack(app, 'Obs', { cluster: ownCluster(app) });
    app.synth();

    const object = objectOf(stack, 'Theirs/platform-alerts', 'prometheusrule.monitoring.platform-workloads.yaml');
    expect(object.spec.groups[0].rules[0].annotations.summary).toBe(
      'Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} keeps crashing',
    );
  });

  test('is the same when the same app is synthesized again', () => {
    const synth = () => {
      const app = new App();
      new ObservabilityStack(app, 'Obs', { cluster: ownCluster(app), notify: [EMAIL], highlyAvailable: true });
      return filesBelow(app.synth().directory);
    };
    // from one line, since the assembly holds where each construct was made
    const [first, second] = [1, 2].map(synth);
    expect(Object.keys(first).length).toBeGreaterThan(10);
    expect(second).toEqual(first);
  });

  test('passes its own checks', () => {
    const app = new App();
    const stack = new ObservabilityStack(app, 'Obs', { cluster: ownCluster(app), notify: [EMAIL] });
    const { directory } = app.synth();

    const findings = Evidence.of(stack).claims.map(({ check }) => check.run(new SynthesizedAssembly(directory)));
    expect(findings.length).toBeGreaterThan(20);
    expect(findings.filter(({ passed }) => !passed)).toEqual([]);
  });
});

describe('on a cluster', () => {
  test('of somebody else in another stack, it depends on that stack and not the other way round', () => {
    const app = new App();
    const cluster = ownCluster(app);
    const stack = new ObservabilityStack(app, 'Obs', { cluster, notify: [EMAIL] });
    app.synth();

    expect(stack.dependencies).toEqual([cluster.stack]);
    expect(cluster.stack.dependencies).toEqual([]);
  });

  test('of a stack bound to an account and region, it names them', () => {
    const app = new App();
    const env = { account: '111111111111', region: 'eu-central-1' };
    const stack = new ObservabilityStack(app, 'Obs', { env, cluster: ownCluster(app, { env }), notify: [EMAIL] });
    app.synth();

    const { prometheus, alertmanager } = valuesOf(stack, 'monitoring');
    expect(prometheus.prometheusSpec.externalLabels.region).toBe('eu-central-1');
    expect(alertmanager.config.receivers[1].sns_configs[0].sigv4).toEqual({ region: 'eu-central-1' });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{ Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } }],
      },
    });
  });

  test('of the platform, it uses the storage class and the notifications of the environment', () => {
    const app = new App();
    const environment = new Stack(app, 'Environment');
    const { vpc } = new PlatformNetwork(environment, 'Network');
    const { cluster, encryptionKey } = new PlatformCluster(environment, 'Cluster', { vpc });
    const notifications = new NotificationTopic(environment, 'Notifications', { channels: [EMAIL], encryptionKey });
    const stack = new ObservabilityStack(app, 'Obs', { cluster, notify: notifications.channels, encryptionKey });
    app.synth();

    const { prometheus } = valuesOf(stack, 'monitoring');
    expect(prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.storageClassName).toBe('platform');
    expect(stack.alertTopics).toEqual([notifications.topic]);
    expect(stack.dependencies).toEqual([environment]);
    expect(environment.dependencies).toEqual([]);
    Template.fromStack(stack).resourceCountIs('AWS::SNS::Topic', 0);
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
  });

  test('that was imported, it needs to be told the ranges of the VPC', () => {
    const app = new App();
    const cluster = importedCluster(app);
    expect(() => new ObservabilityStack(app, 'Obs', { cluster })).toThrow(
      "'vpcCidrs' must be given when the VPC of 'cluster' is not known, got none",
    );

    const stack = new ObservabilityStack(app, 'Told', { cluster, vpcCidrs: ['10.8.0.0/16', '100.64.0.0/16'] });
    app.synth();
    expect(releaseOf(stack, 'monitoring-namespace').Properties.Values).toBe(
      '{"vpcCidr1":"10.8.0.0/16","vpcCidr2":"100.64.0.0/16"}',
    );
    expect(releaseOf(stack, 'monitoring').Properties.ClusterName).toBe('theirs');
  });

  test('that was imported with its VPC, it takes the range of the VPC', () => {
    const app = new App();
    const vpc = ec2.Vpc.fromVpcAttributes(new Stack(app, 'Vpc'), 'Vpc', {
      vpcId: 'vpc-1',
      vpcCidrBlock: '10.9.0.0/16',
      availabilityZones: ['eu-central-1a'],
    });
    const stack = new ObservabilityStack(app, 'Obs', { cluster: importedCluster(app, { vpc }) });
    app.synth();

    expect(releaseOf(stack, 'monitoring-namespace').Properties.Values).toBe('{"vpcCidr1":"10.9.0.0/16"}');
  });

  test('that has another range for services, it opens DNS and the API there', () => {
    const app = new App();
    const stack = new ObservabilityStack(app, 'Obs', {
      cluster: ownCluster(app),
      serviceIpv4Cidr: '10.100.0.0/16',
    });
    app.synth();

    const file = (name: string) =>
      objectOf(stack, 'Theirs/monitoring-namespace', `networkpolicy.monitoring.${name}.yaml`);
    expect(file('allow-dns').spec.egress[0].to[1].ipBlock.cidr).toBe('10.100.0.10/32');
    expect(file('allow-to-kubernetes-api').spec.egress[0].to[0].ipBlock.cidr).toBe('10.100.0.1/32');
  });

  test('fails without a kubectl provider', () => {
    const app = new App();
    const cluster = eks.Cluster.fromClusterAttributes(new Stack(app, 'Import'), 'Cluster', { clusterName: 'theirs' });
    expect(() => new ObservabilityStack(app, 'Obs', { cluster, vpcCidrs: ['10.0.0.0/16'] })).toThrow(
      "'cluster' must have a kubectl provider with a role to install charts, give 'kubectlProvider' when importing it",
    );
  });

  test('fails when it is watched already', () => {
    const app = new App();
    const cluster = ownCluster(app);
    new ObservabilityStack(app, 'Obs', { cluster });
    expect(() => new ObservabilityStack(app, 'Again', { cluster })).toThrow(
      "'release' must be unique on a cluster, 'monitoring-namespace' is already installed by Obs/Namespace/Chart",
    );
  });
});

describe('who hears of alerts', () => {
  test('is subscribed to a topic of its own, which Alertmanager may publish to as its pod', () => {
    const app = new App();
    const stack = new ObservabilityStack(app, 'Obs', { cluster: ownCluster(app), notify: [EMAIL] });
    const template = Template.fromStack(stack);
    const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
    const [role] = Object.keys(template.findResources('AWS::IAM::Role'));

    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'platform@acme.example' });
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      Namespace: 'monitoring',
      ServiceAccount: 'alertmanager',
      RoleArn: { 'Fn::GetAtt': [role, 'Arn'] },
    });
    const { alertmanager } = valuesOf(stack, 'monitoring');
    expect(alertmanager.serviceAccount).toEqual({ create: true, name: 'alertmanager' });
    expect(alertmanager.config.receivers[1].sns_configs[0].topic_arn).toBe(`\${${topic}}`);
    const [association] = Object.keys(template.findResources('AWS::EKS::PodIdentityAssociation'));
    expect(releaseOf(stack, 'monitoring').DependsOn).toContain(association);
  });

  test('includes topics that were there before', () => {
    const app = new App();
    const arn = 'arn:aws:sns:us-east-1:111111111111:pager';
    const topic = sns.Topic.fromTopicArn(new Stack(app, 'Pager'), 'Topic', arn);
    const stack = new ObservabilityStack(app, 'Obs', {
      cluster: ownCluster(app),
      notify: [EMAIL, NotificationChannel.topic(topic), NotificationChannel.topic(topic)],
    });

    expect(stack.alertTopics).toHaveLength(2);
    const [, channels] = valuesOf(stack, 'monitoring').alertmanager.config.receivers;
    expect(channels.sns_configs[1]).toMatchObject({ topic_arn: arn, sigv4: { region: 'us-east-1' } });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{ Action: 'sns:Publish', Effect: 'Allow', Resource: arn }]),
      },
    });
  });

  test('may bring a key for the messages', () => {
    const app = new App();
    const key = new kms.Key(new Stack(app, 'Keys'), 'Key');
    const stack = new ObservabilityStack(app, 'Obs', { cluster: ownCluster(app), notify: [EMAIL], encryptionKey: key });
    app.synth();

    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
    expect(key.stack.dependencies).toEqual([]);
  });

  test('may be nobody, and Alertmanager is nobody in AWS', () => {
    const app = new App();
    const stack = new ObservabilityStack(app, 'Obs', { cluster: ownCluster(app) });
    const template = Template.fromStack(stack);

    expect(valuesOf(stack, 'monitoring').alertmanager.config.receivers[1].sns_configs).toEqual([]);
    template.resourceCountIs('AWS::EKS::PodIdentityAssociation', 0);
    template.resourceCountIs('AWS::IAM::Role', 0);
  });

  test('is warned about when it is nobody', () => {
    const app = new App();
    const stack = new ObservabilityStack(app, 'Obs', { cluster: ownCluster(app) });
    Annotations.fromStack(stack).hasWarning(
      '*',
      Match.stringLikeRegexp("alerts are shown in Alertmanager only, give 'notify' to hear of them"),
    );
  });
});

describe('bad input', () => {
  test.each([
    [{ metricsRetention: Duration.hours(23) }, "'metricsRetention' must be at least 1 day, got 23 hours"],
    [
      { metricsRetention: Duration.days(Lazy.number({ produce: () => 1 })) },
      "'metricsRetention' must be literal, got a token",
    ],
    [{ storage: Size.gibibytes(4) }, "'storage' must be a whole number of GiB, at least 5, got 4 GiB"],
    [{ storage: Size.mebibytes(10_752) }, "'storage' must be a whole number of GiB, at least 5, got 10.5 GiB"],
    [
      { storage: Size.gibibytes(Lazy.number({ produce: () => 9 })) },
      "'storage' must be literal, since what Prometheus keeps is derived from it, got a token",
    ],
    [
      { environmentName: 'Staging 1' },
      "'environmentName' must be a DNS label (lower case letters, digits and inner hyphens, at most 63), got 'Staging 1'",
    ],
    [{ vpcCidrs: [] }, "'vpcCidrs' must hold at least one IPv4 range, got none"],
    [{ vpcCidrs: ['10.0.0.0'] }, "'vpcCidrs' must be an IPv4 range such as '10.0.0.0/16', got '10.0.0.0'"],
    [{ serviceIpv4Cidr: '172.20.0.0/25' }, "'serviceIpv4Cidr' must be from /12 to /24, got '172.20.0.0/25'"],
    [
      { serviceIpv4Cidr: Lazy.string({ produce: () => '172.20.0.0/16' }) },
      "'serviceIpv4Cidr' must be literal, since network policies name addresses within it, got a token",
    ],
  ])('fails for %o', (props, message) => {
    const app = new App();
    expect(() => new ObservabilityStack(app, 'Obs', { cluster: ownCluster(app), ...props })).toThrow(message);
  });
});

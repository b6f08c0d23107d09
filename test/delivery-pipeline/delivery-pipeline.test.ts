import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { expect, test } from 'vitest';
import { DeliveryPipeline } from '../../src/delivery-pipeline/delivery-pipeline';
import { SourceRepository } from '../../src/delivery-pipeline/source-repository';
import { BINDINGS, SynthesizedPipeline, WITH_IDS } from './synthesized-pipeline';

const ISSUER = 'token.actions.githubusercontent.com';

test('keeps images under immutable tags, scanned and encrypted by a key of its own', () => {
  const template = new SynthesizedPipeline('agnostic').template();

  template.hasResource('AWS::ECR::Repository', {
    Properties: {
      RepositoryName: 'agents/agents',
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
      EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: Match.anyValue() },
      LifecyclePolicy: Match.anyValue(),
      EmptyOnDelete: false,
    },
    DeletionPolicy: 'Retain',
  });
  template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
});

test('lets the tags of build caches move, and expires what they leave behind', () => {
  new SynthesizedPipeline('agnostic').template().hasResourceProperties('AWS::ECR::Repository', {
    RepositoryName: 'agents/agents-cache',
    ImageTagMutability: 'MUTABLE',
    LifecyclePolicy: { LifecyclePolicyText: Match.stringLikeRegexp('"untagged".*"sinceImagePushed","countNumber":1') },
  });
});

test('has an image and a cache repository for each service', () => {
  const pipeline = new SynthesizedPipeline('agnostic', { services: [{ name: 'api' }, { name: 'worker' }] });

  const names = Object.values(pipeline.template().findResources('AWS::ECR::Repository'));

  expect(names.map((repository) => repository.Properties.RepositoryName)).toEqual([
    'agents/api',
    'agents/api-cache',
    'agents/worker',
    'agents/worker-cache',
  ]);
});

test('encrypts images with the key that it is given', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111111111111:key/given');

  const pipeline = new DeliveryPipeline(stack, 'Delivery', {
    source: SourceRepository.github('acme/agents'),
    targets: [{ environment: 'testing', clusterName: 'shared' }],
    encryptionKey: key,
  });

  expect(pipeline.encryptionKey).toBe(key);
  Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
  Template.fromStack(stack).allResourcesProperties('AWS::ECR::Repository', {
    EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: key.keyArn },
  });
});

test('trusts the branch alone with the build', () => {
  const source = SourceRepository.github('acme/agents', { ...WITH_IDS, branch: 'trunk' });

  new SynthesizedPipeline('agnostic', { source }).template().hasResourceProperties('AWS::IAM::Role', {
    RoleName: 'agents-build',
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: Match.anyValue() },
          Condition: {
            StringEquals: {
              [`${ISSUER}:aud`]: 'sts.amazonaws.com',
              [`${ISSUER}:sub`]: [
                'repo:acme/agents:ref:refs/heads/trunk',
                'repo:acme@1001/agents@2002:ref:refs/heads/trunk',
              ],
              [`${ISSUER}:repository_id`]: '2002',
            },
          },
        },
      ],
    },
  });
});

test('trusts one environment alone with a deployment, and only from the branch', () => {
  const template = new SynthesizedPipeline('agnostic').template('testing');

  template.resourceCountIs('AWS::IAM::Role', 1);
  template.hasResourceProperties('AWS::IAM::Role', {
    RoleName: 'agents-testing-deploy',
    AssumeRolePolicyDocument: {
      Statement: [
        Match.objectLike({
          Condition: {
            StringEquals: {
              [`${ISSUER}:aud`]: 'sts.amazonaws.com',
              [`${ISSUER}:sub`]: [
                'repo:acme/agents:environment:testing',
                'repo:acme@1001/agents@2002:environment:testing',
              ],
              [`${ISSUER}:repository_id`]: '2002',
              [`${ISSUER}:ref`]: 'refs/heads/main',
            },
          },
        }),
      ],
    },
  });
});

test('trusts a repository without ids by its name, and warns of it', () => {
  const pipeline = new SynthesizedPipeline('agnostic', { source: SourceRepository.github('acme/agents') });

  pipeline.template('testing').hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        Match.objectLike({
          Condition: {
            StringEquals: {
              [`${ISSUER}:aud`]: 'sts.amazonaws.com',
              [`${ISSUER}:sub`]: ['repo:acme/agents:environment:testing'],
            },
          },
        }),
      ],
    },
  });
  Annotations.fromStack(pipeline.stack).hasWarning('*', Match.stringLikeRegexp('trusted by its name only'));
});

test('does not warn of a repository with ids', () => {
  const { stack } = new SynthesizedPipeline('agnostic');

  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

test.each([
  ['cn-north-1', 'sts.amazonaws.com.cn'],
  ['us-gov-west-1', 'sts.amazonaws.com'],
])('compares in %s only the claims that AWS knows there', (region, audience) => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region } });
  new DeliveryPipeline(stack, 'Delivery', {
    source: SourceRepository.github('acme/agents', WITH_IDS),
    targets: [{ environment: 'testing', clusterName: 'shared' }],
  });

  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::IAM::OIDCProvider', { ClientIdList: [audience] });
  for (const role of Object.values(template.findResources('AWS::IAM::Role'))) {
    const condition = role.Properties.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals;
    expect(Object.keys(condition)).toEqual([`${ISSUER}:aud`, `${ISSUER}:sub`]);
    expect(condition[`${ISSUER}:aud`]).toBe(audience);
  }
});

test('lets the build push to its own repositories and no others', () => {
  const template = new SynthesizedPipeline('agnostic').template();
  const repositories = Object.keys(template.findResources('AWS::ECR::Repository'));

  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        {
          Sid: 'PushAndPull',
          Effect: 'Allow',
          Action: Match.arrayWith(['ecr:InitiateLayerUpload', 'ecr:PutImage']),
          Resource: repositories.map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
        },
        { Sid: 'LogIn', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      ],
    },
  });
});

test('lets a deployment find one cluster and report to one topic', () => {
  const template = new SynthesizedPipeline('in one account').template('staging');
  const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
  const arn = (text: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, text]] });

  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({
          Action: 'eks:DescribeCluster',
          Resource: arn(':eks:eu-central-1:111111111111:cluster/acme-staging'),
        }),
        { Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: topic } },
        Match.objectLike({
          Action: 'ssm:GetParameter',
          Resource: arn(':ssm:eu-central-1:111111111111:parameter/agents/staging/delivery-topic'),
        }),
      ],
    },
  });
  template.hasResourceProperties('AWS::SSM::Parameter', {
    Name: '/agents/staging/delivery-topic',
    Value: { Ref: topic },
  });
});

test('lets the deployer edit one namespace, and names it to role bindings', () => {
  const template = new SynthesizedPipeline('agnostic').template('development');

  template.resourceCountIs('AWS::EKS::AccessEntry', 1);
  template.hasResourceProperties('AWS::EKS::AccessEntry', {
    ClusterName: 'acme-development',
    PrincipalArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^agentsdevelopmentdeploy.*Role'), 'Arn'] },
    KubernetesGroups: ['agents:deployers'],
    AccessPolicies: [
      {
        AccessScope: { Type: 'namespace', Namespaces: ['agents'] },
        PolicyArn: {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, Match.stringLikeRegexp('AmazonEKSEditPolicy')]],
        },
      },
    ],
  });
});

test('hands out its roles and repositories', () => {
  const { pipeline, stack } = new SynthesizedPipeline('agnostic');

  expect(stack.resolve(pipeline.buildRole.roleName)).toEqual({ Ref: expect.stringMatching(/BuildRole/) });
  expect(pipeline.deployRole('testing').node.path).toContain('Acme-testing/agents-testing-deploy');
  expect(pipeline.repository('agents').node.path).toContain('Acme-delivery/Delivery');
});

test('works alone in a stack with a cluster that was there before', () => {
  const stack = new Stack(new App(), 'Stack');
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shared' });
  const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:111111111111:deployments');

  new DeliveryPipeline(stack, 'Delivery', {
    source: SourceRepository.github('acme/agents'),
    targets: [
      { environment: 'testing', clusterName: 'shared', cluster, namespace: 'agents-testing', topic },
      { environment: 'staging', clusterName: 'elsewhere', approval: true },
    ],
  });

  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::OIDCProvider', 1);
  template.resourceCountIs('AWS::IAM::Role', 3);
  template.resourceCountIs('AWS::EKS::AccessEntry', 1);
  template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'agents-staging-deploy' });
});

test('takes the provider that the account has', () => {
  const stack = new Stack(new App(), 'Stack');
  const arn = `arn:aws:iam::111111111111:oidc-provider/${ISSUER}`;

  new DeliveryPipeline(stack, 'Delivery', {
    source: SourceRepository.github('acme/agents'),
    targets: [{ environment: 'testing', clusterName: 'shared' }],
    openIdConnectProvider: iam.OidcProviderNative.fromOidcProviderArn(stack, 'Provider', arn),
  });

  Template.fromStack(stack).resourceCountIs('AWS::IAM::OIDCProvider', 0);
});

test.each(Object.keys(BINDINGS))('puts no inline policy on any role, %s', (binding) => {
  const pipeline = new SynthesizedPipeline(binding);

  for (const name of [undefined, 'development', 'testing', 'staging']) {
    pipeline.template(name).resourceCountIs('AWS::IAM::Policy', 0);
  }
});

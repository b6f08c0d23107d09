import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { OidcProviderNative } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { AgenticPlatform, type AgenticPlatformProps } from '../../src/agentic-platform/agentic-platform';
import type { EnvironmentStack } from '../../src/agentic-platform/environment-stack';
import { PlatformEnvironment } from '../../src/agentic-platform/platform-environment';
import { SourceRepository } from '../../src/delivery-pipeline/source-repository';
import { NetworkTopology } from '../../src/network/network-topology';
import { NotificationChannel } from '../../src/observability-stack/notifications/notification-channel';

const source = SourceRepository.github('acme/agents', { ownerId: '12', repositoryId: '34' });

function define(props: Partial<AgenticPlatformProps> = {}, scope: App | Stage = new App()): AgenticPlatform {
  return new AgenticPlatform(scope, 'Acme', { source, ...props });
}

describe('by default', () => {
  const app = new App();
  const platform = define({ notify: [NotificationChannel.email('platform@acme.example')] }, app);
  const assembly = app.synth();
  const template = (name: string) => Template.fromJSON(assembly.getStackByName(`Acme-${name}`).template);

  test('has a stack for delivery, and two for each environment in the order of promotion', () => {
    expect(assembly.stacks.map(({ stackName }) => stackName).sort()).toEqual([
      'Acme-delivery',
      'Acme-development',
      'Acme-development-observability',
      'Acme-staging',
      'Acme-staging-observability',
      'Acme-testing',
      'Acme-testing-observability',
    ]);
    expect(platform.environments.map(({ platformEnvironment }) => platformEnvironment.name)).toEqual([
      'development',
      'testing',
      'staging',
    ]);
  });

  test('gives each environment a range of its own', () => {
    for (const [name, CidrBlock] of [
      ['development', '10.0.0.0/16'],
      ['testing', '10.1.0.0/16'],
      ['staging', '10.2.0.0/16'],
    ]) {
      template(name).hasResourceProperties('AWS::EC2::VPC', { CidrBlock });
    }
  });

  test.each([
    ['development', 1, false],
    ['testing', 1, false],
    ['staging', 3, true],
  ])('%s has %d NAT gateways, and deletion protection: %s', (name, gateways, protection) => {
    template(name).resourceCountIs('AWS::EC2::NatGateway', gateways);
    template(name).hasResourceProperties('AWS::EKS::Cluster', {
      Name: `acme-${name}`,
      DeletionProtection: protection,
      ZonalShiftConfig: { Enabled: protection },
    });
    template(name).hasResourceProperties('AWS::RDS::DBInstance', {
      MultiAZ: protection,
      DeletionProtection: protection,
    });
    template(name).hasResourceProperties('AWS::DocDB::DBCluster', { DeletionProtection: protection });
    template(name).resourceCountIs('AWS::DocDB::DBInstance', protection ? 2 : 1);
    expect(assembly.getStackByName(`Acme-${name}`).terminationProtection ?? false).toBe(protection);
  });

  test('encrypts an environment with one key', () => {
    template('development').resourceCountIs('AWS::KMS::Key', 1);
    template('development-observability').resourceCountIs('AWS::KMS::Key', 0);
  });

  test('reads no context, so that nothing is looked up', () => {
    expect(assembly.manifest.missing ?? []).toEqual([]);
  });

  test('installs monitoring after the namespaces, from a stack that depends on the environment', () => {
    expect(assembly.getStackByName('Acme-testing-observability').dependencies.map(({ id }) => id)).toContain(
      assembly.getStackByName('Acme-testing').id,
    );
    template('testing').resourceCountIs(eks.HelmChart.RESOURCE_TYPE, 2);
  });

  test('deploys each environment with a role of its own, that knows one cluster', () => {
    template('testing').hasResourceProperties('AWS::IAM::Role', { RoleName: 'agents-testing-deploy' });
    template('testing').hasResourceProperties('AWS::EKS::AccessEntry', {
      AccessPolicies: [Match.objectLike({ AccessScope: { Type: 'namespace', Namespaces: ['agents'] } })],
    });
  });

  test('announces alarms and deployments to the channels', () => {
    template('development').hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'platform@acme.example',
    });
  });

  test('leaves charts, pipeline files, evidence and handbook beside the templates', () => {
    for (const path of [
      'charts/acme-development/namespaces/Chart.yaml',
      'charts/acme-staging/namespaces/values.schema.json',
      'delivery/agents/.github/workflows/agents-delivery.yml',
      'evidence/evidence.json',
      'evidence/evidence.md',
      'handbook/Acme/README.md',
    ]) {
      expect(existsSync(join(assembly.directory, path)), path).toBe(true);
    }
  });

  test.each(['SWREQ-DL-ENC-001', 'SWREQ-DL-BACK-001', 'SWREQ-IL-SEC-001'])('shows %s in every environment', (id) => {
    const { requirements } = JSON.parse(readFileSync(join(assembly.directory, 'evidence', 'evidence.json'), 'utf-8'));
    const { result, checks } = requirements.find((requirement: { id: string }) => requirement.id === id);

    expect(result).toBe('passed');
    for (const environment of ['development', 'testing', 'staging']) {
      expect(
        checks.filter(({ construct }: { construct: string }) => construct.startsWith(`Acme/${environment}/`)),
      ).not.toEqual([]);
    }
  });

  test('writes the handbook from the templates', () => {
    const handbook = readFileSync(join(assembly.directory, 'handbook', 'Acme', 'README.md'), 'utf-8');

    expect(handbook).toContain('# Handbook of Acme');
    expect(handbook).toContain('`Acme-delivery`, `Acme-development`, `Acme-development-observability`, `Acme-testing`');
    expect(handbook).toContain(
      'VPC 10.2.0.0/16; 3 NAT gateways; cluster `acme-staging` (Kubernetes 1.36, private endpoint).',
    );
    expect(handbook).toContain('| isolated | 10.0.108.0/22 | Isolated |');
    expect(handbook).toMatch(/AWS::RDS::DBInstance \| any second of the last 30 days/);
  });
});

test('describes a shared network by the part of each environment', () => {
  const app = new App();
  define({ network: NetworkTopology.shared() }, app);

  const handbook = readFileSync(join(app.synth().directory, 'handbook', 'Acme', 'README.md'), 'utf-8');

  expect(handbook).toContain('1. Deploy the stacks in this order: `Acme-network`, `Acme-delivery`, `Acme-development`');
  expect(handbook.match(/VPC 10\.0\.0\.0\/16; \d NAT gateways?; cluster/g)).toHaveLength(3);
  const ranges = [...handbook.matchAll(/^\| [^|]+ \| (10\.[\d./]+) \|/gm)].map(([, range]) => range);
  expect(ranges).toHaveLength(27);
  expect(new Set(ranges).size).toBe(27);
});

test('works in concrete accounts and regions without a look-up', () => {
  const app = new App();
  define(
    {
      environments: [
        PlatformEnvironment.development({ account: '111111111111', region: 'eu-central-1' }),
        PlatformEnvironment.staging({ account: '222222222222', region: 'eu-west-1' }),
      ],
    },
    app,
  );

  const assembly = app.synth();

  expect(assembly.manifest.missing ?? []).toEqual([]);
  expect(assembly.getStackByName('Acme-staging').environment).toMatchObject({
    account: '222222222222',
    region: 'eu-west-1',
  });
  expect(assembly.getStackByName('Acme-delivery').environment).toMatchObject({
    account: '111111111111',
    region: 'eu-central-1',
  });
});

test('keeps delivery in an account of its own when asked to', () => {
  const platform = define({
    environments: [PlatformEnvironment.development({ account: '111111111111', region: 'eu-central-1' })],
    deliveryAccount: '999999999999',
    deliveryRegion: 'us-east-1',
  });

  expect(Stack.of(platform.delivery)).toMatchObject({ account: '999999999999', region: 'us-east-1' });
});

test('uses the identity provider that the accounts have already', () => {
  const app = new App();
  const openIdConnectProvider = OidcProviderNative.fromOidcProviderArn(
    new Stack(app, 'Theirs'),
    'Provider',
    'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com',
  );
  define({ openIdConnectProvider }, app);

  for (const { template } of app.synth().stacks) {
    Template.fromJSON(template).resourceCountIs('AWS::IAM::OIDCProvider', 0);
  }
});

test('lives in a stage, whose name the stacks carry', () => {
  const app = new App();
  const stage = new Stage(app, 'Blue');
  define({ environments: [PlatformEnvironment.development()] }, stage);

  const assembly = app.synth();

  expect(assembly.getNestedAssembly('assembly-Blue').stacks.map(({ stackName }) => stackName)).toContain(
    'Blue-Acme-development',
  );
  expect(existsSync(join(stage.outdir, 'evidence', 'evidence.md'))).toBe(true);
});

test('stands beside another platform of the same app', () => {
  const app = new App();
  const environments = [PlatformEnvironment.development()];
  define({ environments }, app);
  new AgenticPlatform(app, 'Umbrella', { source: SourceRepository.github('umbrella/agents-2'), environments });

  const { directory } = app.synth();

  for (const path of ['charts/acme-development', 'charts/umbrella-development', 'handbook/Acme', 'handbook/Umbrella']) {
    expect(existsSync(join(directory, path)), path).toBe(true);
  }
});

test('finds an environment by its name', () => {
  const platform = define();

  expect(platform.environment('testing')).toBe(platform.environments[1]);
  expect(() => platform.environment('production')).toThrow(
    "'name' must be one of the environments 'development', 'testing', 'staging', got 'production'",
  );
});

describe('a weakened platform does not synthesize', () => {
  const cases: [string, string, (development: EnvironmentStack) => void][] = [
    [
      'SWREQ-DL-ENC-001',
      'storage is encrypted: expected true, found false',
      ({ database }) => override(database.relational, 'StorageEncrypted', false),
    ],
    [
      'SWREQ-DL-BACK-001',
      'any moment of the retention can be restored: expected at least 30, found 7',
      ({ database }) => override(database.document, 'BackupRetentionPeriod', 7),
    ],
    [
      'SWREQ-IL-SEC-001',
      'the Kubernetes API has no public endpoint: expected false, found true',
      ({ cluster }) => override(cluster, 'ResourcesVpcConfig.EndpointPublicAccess', true),
    ],
  ];

  function override(construct: IConstruct | undefined, path: string, value: unknown): void {
    const resource = construct?.node
      .findAll()
      .find(
        (child) => CfnResource.isCfnResource(child) && /::(DBInstance|DBCluster|Cluster)$/.test(child.cfnResourceType),
      );
    (resource as CfnResource).addPropertyOverride(path, value);
  }

  test.each(cases)('%s', (id, message, weaken) => {
    const app = new App();
    weaken(define({ environments: [PlatformEnvironment.development()] }, app).environments[0]);

    expect(() => app.synth()).toThrow(message);
    const { requirements } = JSON.parse(readFileSync(join(app.outdir, 'evidence', 'evidence.json'), 'utf-8'));
    expect(requirements.find((requirement: { id: string }) => requirement.id === id).result).toBe('failed');
  });

  test('unless the finding is acknowledged with a reason', () => {
    const app = new App();
    const [development] = define({ environments: [PlatformEnvironment.development()] }, app).environments;
    override(development.cluster, 'ResourcesVpcConfig.EndpointPublicAccess', true);

    Validations.of(development.cluster).acknowledge({
      id: 'cdk-agentic-platform-evidence::SWREQ-IL-SEC-001',
      reason: 'the workshop runs on laptops, for one week',
    });

    expect(() => app.synth()).not.toThrow();
  });
});

test('logical ids of what holds data stay as they are', () => {
  const platform = define({ environments: [PlatformEnvironment.development()] });
  const resources = Template.fromStack(platform.environments[0]).toJSON().Resources as Record<string, { Type: string }>;
  const stateful = [
    'AWS::RDS::DBInstance',
    'AWS::DocDB::DBCluster',
    'AWS::KMS::Key',
    'AWS::EKS::Cluster',
    'AWS::EC2::VPC',
  ];

  expect(
    Object.entries(resources)
      .filter(([, { Type }]) => stateful.includes(Type))
      .map(([id, { Type }]) => `${Type} ${id}`)
      .sort(),
  ).toMatchInlineSnapshot(`
    [
      "AWS::DocDB::DBCluster DatabaseDocumentDb48E9E177",
      "AWS::EC2::VPC Network6E62CE96",
      "AWS::EKS::Cluster Cluster9EE0221C",
      "AWS::KMS::Key Key961B73FD",
      "AWS::RDS::DBInstance DatabasePostgresCFD870C2",
    ]
  `);
});

describe('fails', () => {
  test('without an environment', () => {
    expect(() => define({ environments: [] })).toThrow("'environments' must hold at least one environment, got none");
  });

  test('when two environments have one name', () => {
    expect(() => define({ environments: [PlatformEnvironment.testing(), PlatformEnvironment.of('testing')] })).toThrow(
      "'environments' must have distinct names, got 'testing' twice",
    );
  });

  test.each(['delivery', 'network'])('when an environment is named %s', (name) => {
    expect(() => define({ environments: [PlatformEnvironment.of(name)] })).toThrow(
      `'environments' must not be named 'delivery' or 'network', as stacks of the platform are, got '${name}'`,
    );
  });

  test('when two ranges overlap', () => {
    const environments = [
      PlatformEnvironment.development({ cidr: '10.0.0.0/16' }),
      PlatformEnvironment.testing({ cidr: '10.0.128.0/17' }),
    ];

    expect(() => define({ environments })).toThrow(
      "'cidr' of environment 'testing' must not overlap '10.0.0.0/16' of environment 'development', got '10.0.128.0/17'",
    );
  });

  test('when a range is too small for three zones', () => {
    expect(() => define({ environments: [PlatformEnvironment.testing({ cidr: '10.0.0.0/24' })] })).toThrow(
      "'cidr' must be between /16 and /20 to hold subnets for 3 zones, got '10.0.0.0/24'",
    );
  });

  test('when only some environments have a region', () => {
    const environments = [
      PlatformEnvironment.development({ account: '111111111111', region: 'eu-central-1' }),
      PlatformEnvironment.testing({ account: '111111111111' }),
    ];

    expect(() => define({ environments })).toThrow(
      "'region' of environment 'testing' must be given, because 'development' has one, got none",
    );
  });

  test('when only some environments have an account', () => {
    const environments = [PlatformEnvironment.development(), PlatformEnvironment.testing({ account: '111111111111' })];

    expect(() => define({ environments })).toThrow(
      "'account' of environment 'development' must be given, because 'testing' has one, got none",
    );
  });
});

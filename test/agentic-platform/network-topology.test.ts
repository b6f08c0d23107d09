import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { AgenticPlatform } from '../../src/agentic-platform/agentic-platform';
import { EnvironmentStack } from '../../src/agentic-platform/environment-stack';
import { PlatformEnvironment } from '../../src/agentic-platform/platform-environment';
import { SourceRepository } from '../../src/delivery-pipeline/source-repository';
import { Endpoints } from '../../src/network/endpoints';
import { NetworkTopology } from '../../src/network/network-topology';
import { PlatformNetwork } from '../../src/network/platform-network';
import { Reachability } from '../network/reachability';

const FRANKFURT = { account: '111111111111', region: 'eu-central-1' };
const TWO = [PlatformEnvironment.development(), PlatformEnvironment.staging()];

function define(network: NetworkTopology | undefined, environments: PlatformEnvironment[], app = new App()) {
  return new AgenticPlatform(app, 'Acme', { source: SourceRepository.github('acme/agents'), network, environments });
}

describe.each([
  ['bound to nothing', TWO],
  [
    'bound to an account and a region',
    [PlatformEnvironment.development(FRANKFURT), PlatformEnvironment.staging(FRANKFURT)],
  ],
])('a platform in a shared network, %s', (_, environments) => {
  const app = new App();
  const platform = define(NetworkTopology.shared(), environments, app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const assembly = app.synth();
  const template = (name: string) => Template.fromJSON(assembly.getStackByName(`Acme-${name}`).template);

  test('has one VPC, in the stack that the environments depend on', () => {
    template('network').resourceCountIs('AWS::EC2::VPC', 1);
    for (const { name } of environments) {
      template(name).resourceCountIs('AWS::EC2::VPC', 0);
      expect(assembly.getStackByName(`Acme-${name}`).dependencies.map(({ id }) => id)).toContain(
        assembly.getStackByName('Acme-network').id,
      );
    }
    expect(platform.sharedNetwork?.stackName).toBe('Acme-network');
  });

  test('stands in subnets of its own: clusters in private ones, databases in isolated ones', () => {
    for (const { name } of environments) {
      template(name).hasResourceProperties('AWS::EKS::Cluster', {
        ResourcesVpcConfig: { SubnetIds: own(name, 'private') },
      });
      template(name).hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: own(name, 'isolated') });
    }
  });

  test('lets no traffic through between the environments', () => {
    expect(new Reachability(template('network').toJSON().Resources).problems).toEqual([]);
  });

  test('knows the range of each environment, not of the whole network', () => {
    expect(platform.environments.map(({ network }) => network.vpc.vpcCidrBlock)).toEqual([
      '10.0.0.0/19',
      '10.0.32.0/19',
    ]);
  });

  test('tags the private subnets for internal load balancers', () => {
    const Tags = Match.arrayWith([{ Key: 'kubernetes.io/role/internal-elb', Value: '1' }]);

    expect(Object.keys(template('network').findResources('AWS::EC2::Subnet', { Properties: { Tags } }))).toHaveLength(
      3 * environments.length,
    );
  });

  test('looks nothing up', () => {
    expect(assembly.manifest.missing ?? []).toEqual([]);
  });

  test('shows that environments are apart', () => {
    const { requirements } = JSON.parse(readFileSync(join(assembly.directory, 'evidence', 'evidence.json'), 'utf-8'));
    const { checks } = requirements.find(({ id }: { id: string }) => id === 'SWREQ-IL-SEC-001');
    const statements = checks
      .filter(({ construct }: { construct: string }) => construct === 'Acme/network/development/Acl')
      .map(({ statement }: { statement: string }) => statement);

    expect(statements).toContain(
      "ingress between 'development' and the rest of the shared network is denied: on every port",
    );
    expect(
      statements.filter((statement: string) => statement === "a subnet of 'development' is behind its network ACL"),
    ).toHaveLength(9);
  });

  function own(environment: string, kind: string): unknown[] {
    return [1, 2, 3].map((zone) => ({
      'Fn::ImportValue': Match.stringLikeRegexp(`^Acme-network:.*Ref${environment}${kind}Subnet${zone}`),
    }));
  }
});

test('a hole between environments fails synthesis', () => {
  const app = new App();
  const { sharedNetwork } = define(NetworkTopology.shared(), TWO, app);
  const entry = sharedNetwork?.node.findChild('staging').node.findAll();
  const others = entry?.find(({ node }) => node.path.endsWith('OthersEgress/Resource')) as CfnResource;

  others.addPropertyOverride('RuleAction', 'allow');

  expect(() => app.synth()).toThrow(
    'egress between \'staging\' and the rest of the shared network is denied: expected "deny", found "allow"',
  );
});

test('a platform stands in a VPC of somebody else', () => {
  const app = new App();
  const { vpc } = new PlatformNetwork(new Stack(app, 'Theirs'), 'Network');

  const { environments, sharedNetwork } = define(NetworkTopology.existing(vpc), TWO, app);

  expect(sharedNetwork).toBeUndefined();
  for (const environment of environments) {
    const template = Template.fromStack(environment);
    template.resourceCountIs('AWS::EC2::VPC', 0);
    template.hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: {
        SubnetIds: [1, 2, 3].map((zone) => ({
          'Fn::ImportValue': Match.stringLikeRegexp(`^Theirs:.*privateSubnet${zone}`),
        })),
      },
    });
  }
});

test('a platform stands in a VPC that is known by its ids', () => {
  const network = NetworkTopology.fromVpcAttributes({
    vpcId: 'vpc-1',
    vpcCidrBlock: '10.9.0.0/16',
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
    isolatedSubnetIds: ['subnet-3', 'subnet-4'],
  });
  const [development] = define(network, [PlatformEnvironment.development(FRANKFURT)]).environments;

  const template = Template.fromStack(development);

  template.hasResourceProperties('AWS::EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] } });
  template.hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: ['subnet-3', 'subnet-4'] });
});

test('environments without internet access have endpoints and no NAT gateway', () => {
  const network = NetworkTopology.perEnvironment({ endpoints: Endpoints.private() });
  const [development] = define(network, [PlatformEnvironment.development({ natGateways: 0 })]).environments;

  const template = Template.fromStack(development);

  template.resourceCountIs('AWS::EC2::NatGateway', 0);
  template.resourceCountIs('AWS::EC2::VPCEndpoint', 18);
});

test('an environment stack that stands alone has the network of its environment', () => {
  const stack = new EnvironmentStack(new App(), 'Alone', {
    environment: PlatformEnvironment.testing({ cidr: '10.7.0.0/16' }),
    clusterName: 'alone',
  });

  Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.7.0.0/16' });
});

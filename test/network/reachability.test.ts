import { describe, expect, test } from 'vitest';
import { PlatformEnvironment } from '../../src/agentic-platform/platform-environment';
import { NetworkTopology } from '../../src/network/network-topology';
import { resourcesOf, sharedTemplate, THREE } from './planned-networks';
import { Reachability, type Resources } from './reachability';

const EIGHT = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => PlatformEnvironment.of(name));

describe.each([
  ['three environments', THREE, '10.0.0.0/16'],
  ['eight environments', EIGHT, '10.64.0.0/16'],
  ['two environments in a small network', THREE.slice(0, 2), '192.168.0.0/19'],
  [
    'environments that chose their ranges',
    [
      PlatformEnvironment.of('wide', { cidr: '10.0.128.0/17' }),
      PlatformEnvironment.of('narrow', { cidr: '10.0.16.0/20' }),
    ],
    '10.0.0.0/16',
  ],
])('in a network shared by %s', (_, environments, cidr) => {
  const reachability = new Reachability(resourcesOf(sharedTemplate(NetworkTopology.shared({ cidr }), environments)));

  test('nothing passes between environments, everything within one, and answers from the internet come back', () => {
    expect(reachability.environments).toEqual(environments.map(({ name }) => name));
    expect(reachability.problems).toEqual([]);
  });

  test('public and private subnets are online, isolated ones are not', () => {
    expect(reachability.online).toHaveLength(6 * environments.length);
    expect(reachability.online.filter((id) => id.includes('isolated'))).toEqual([]);
  });
});

describe('the judge is not easily pleased', () => {
  const original = sharedTemplate(NetworkTopology.shared());

  function ids(type: string, resources = resourcesOf(original)): string[] {
    return Object.keys(resources).filter((id) => resources[id].Type === type);
  }

  function problemsAfter(change: (resources: Resources) => void): string[] {
    const resources = resourcesOf(original);
    change(resources);
    return new Reachability(resources).problems;
  }

  function acl(name: string): string {
    return ids('AWS::EC2::NetworkAclEntry').find((id) => id.startsWith(name)) ?? name;
  }

  test.each(ids('AWS::EC2::NetworkAclEntry'))('it misses %s', (id) => {
    expect(problemsAfter((resources) => delete resources[id])).not.toEqual([]);
  });

  test.each(ids('AWS::EC2::SubnetNetworkAclAssociation'))('it misses %s', (id) => {
    expect(problemsAfter((resources) => delete resources[id])).not.toEqual([]);
  });

  test('it knows both directions', () => {
    expect(problemsAfter((resources) => delete resources[acl('testingAclOthersIngress')])).toContainEqual(
      expect.stringMatching(/^testingprivateSubnet1\w+ lets in stagingisolatedSubnet3\w+$/),
    );
    expect(problemsAfter((resources) => delete resources[acl('testingAclOthersEgress')])).toContainEqual(
      expect.stringMatching(/^testingprivateSubnet1\w+ reaches out to stagingisolatedSubnet3\w+$/),
    );
  });

  test('the order of the rules is that of their numbers', () => {
    expect(
      problemsAfter((resources) => {
        resources[acl('developmentAclInternetIngress')].Properties.RuleNumber = 150;
      }),
    ).toContainEqual(expect.stringMatching(/^development\w+ lets in testing\w+$/));
  });

  test.each([
    ['one neighbour', { CidrBlock: '10.0.32.0/19' }],
    ['one protocol', { Protocol: 6 }],
    ['some ports', { Protocol: 6, PortRange: { From: 0, To: 49151 } }],
  ])('to deny only %s is not enough', (_, properties) => {
    expect(
      problemsAfter((resources) => {
        Object.assign(resources[acl('developmentAclOthersIngress')].Properties, properties);
      }),
    ).toContainEqual(expect.stringMatching(/^development\w+ lets in staging\w+$/));
  });

  test('to let in no answer on ephemeral ports is too much', () => {
    const problems = problemsAfter((resources) => {
      Object.assign(resources[acl('testingAclInternetIngress')].Properties, {
        Protocol: 6,
        PortRange: { From: 0, To: 32767 },
      });
    });

    expect(problems.map((problem) => problem.replace(/Subnet(\d)\w+/, ' $1'))).toEqual(
      ['public', 'private'].flatMap((kind) =>
        [1, 2, 3].map((zone) => `testing${kind} ${zone} gets no answer from the internet`),
      ),
    );
  });

  test('an environment does not leave through the gateway of another', () => {
    const problems = problemsAfter((resources) => {
      const [gateway] = ids('AWS::EC2::NatGateway').filter((id) => id.startsWith('staging'));
      for (const id of ids('AWS::EC2::Route').filter((route) => route.startsWith('testingprivate'))) {
        resources[id].Properties.NatGatewayId.Ref = gateway;
      }
    });

    expect(problems).toContainEqual(
      expect.stringMatching(/^testingprivateSubnet1\w+ leaves through stagingpublicSubnet1/),
    );
    expect(problems).toContainEqual(
      expect.stringMatching(/^testingprivateSubnet1\w+ gets no answer from the internet$/),
    );
  });

  test('environments have no route table in common', () => {
    const problems = problemsAfter((resources) => {
      const [table] = ids('AWS::EC2::SubnetRouteTableAssociation').filter((id) =>
        id.startsWith('stagingisolatedSubnet1'),
      );
      const [other] = ids('AWS::EC2::SubnetRouteTableAssociation').filter((id) =>
        id.startsWith('testingisolatedSubnet1'),
      );
      resources[table].Properties.RouteTableId = resources[other].Properties.RouteTableId;
    });

    expect(problems).toContainEqual(expect.stringMatching(/have one route table$/));
  });
});

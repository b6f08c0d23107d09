import { CidrBlock } from '../../src/network/cidr-block';

/** The resources of a template, as they stand in it. */
// biome-ignore lint/suspicious/noExplicitAny: a template has no type
export type Resources = Record<string, { Type: string; Properties: any }>;

interface AclEntry {
  readonly number: number;
  readonly egress: boolean;
  readonly allows: boolean;
  readonly protocol: number;
  readonly block: CidrBlock;
  readonly ports?: { readonly From: number; readonly To: number };
}

interface Route {
  readonly block: CidrBlock;
  readonly natGateway?: string;
  readonly internetGateway?: string;
}

interface Subnet {
  readonly id: string;
  readonly environment: string;
  readonly block: CidrBlock;
  readonly routeTable: string;
  readonly routes: readonly Route[];
  readonly acl: readonly AclEntry[];
}

const EVERYWHERE = CidrBlock.parse('0.0.0.0/0');
/** Ends and middle of what the internet is to a VPC: all that is not in it. */
const INTERNET = ['1.1.1.1/32', '198.51.100.7/32', '223.255.255.254/32'].map((text) => CidrBlock.parse(text));
const PROTOCOLS = { icmp: 1, tcp: 6, udp: 17 };
/** Where answers come back to: the ports from which NAT gateways and Linux connect. */
const EPHEMERAL = [1024, 32768, 49152, 60999, 65535];

/** What a subnet without an ACL of its own has. */
const DEFAULT_ACL: AclEntry[] = [false, true].map((egress) => ({
  number: 100,
  egress,
  allows: true,
  protocol: -1,
  block: EVERYWHERE,
}));

/** Who reaches whom in one VPC, computed from its template as AWS does: routes first, then the ACLs on either side. */
export class Reachability {
  private readonly subnets: readonly Subnet[];

  public constructor(private readonly resources: Resources) {
    this.subnets = this.ofType('AWS::EC2::Subnet').map(([id, { CidrBlock: cidr, Tags }]) => {
      const routeTable = this.associated('AWS::EC2::SubnetRouteTableAssociation', id)?.RouteTableId.Ref;
      const association = this.associated('AWS::EC2::SubnetNetworkAclAssociation', id);
      return {
        id,
        environment: Tags.find(({ Key }: { Key: string }) => Key === 'environment').Value,
        block: CidrBlock.parse(cidr),
        routeTable,
        routes: this.routesOf(routeTable),
        acl: association ? this.entriesOf(idOf(association.NetworkAclId)) : DEFAULT_ACL,
      };
    });
  }

  /** The environments. */
  public get environments(): string[] {
    return [...new Set(this.subnets.map(({ environment }) => environment))];
  }

  /** Everything that is not as it must be, in sentences. */
  public get problems(): string[] {
    return [...this.crossings(), ...this.quarrels(), ...this.dead(), ...this.entangled()];
  }

  /** The subnets from which a connection to the internet gets its answers, however it gets there. */
  public get online(): string[] {
    return this.subnets.filter((subnet) => INTERNET.every((host) => this.converses(subnet, host))).map(({ id }) => id);
  }

  /** Traffic that a subnet would take from, or give to, a subnet of another environment. */
  private crossings(): string[] {
    return this.pairs((one, other) => one.environment !== other.environment).flatMap(([one, other]) =>
      [false, true]
        .filter((egress) => verdicts(one.acl, egress, other.block).has(true))
        .map((egress) => `${one.id} ${egress ? 'reaches out to' : 'lets in'} ${other.id}`),
    );
  }

  /** Traffic that is lost within an environment. */
  private quarrels(): string[] {
    return this.pairs((one, other) => one.environment === other.environment).flatMap(([one, other]) =>
      [false, true]
        .filter((egress) => verdicts(one.acl, egress, other.block).has(false))
        .map((egress) => `${one.id} does not ${egress ? 'reach' : 'let in'} ${other.id}`),
    );
  }

  /** Subnets that have a way to the internet by their routes and yet get no answer. */
  private dead(): string[] {
    const { online } = this;
    return this.subnets
      .filter(({ id, routes }) => routes.length > 0 && !online.includes(id))
      .map(({ id }) => `${id} gets no answer from the internet`);
  }

  /** Environments that depend on each other's routes or gateways. */
  private entangled(): string[] {
    return this.pairs((one, other) => one.environment !== other.environment).flatMap(([one, other]) => [
      ...(one.routeTable === other.routeTable ? [`${one.id} and ${other.id} have one route table`] : []),
      ...(one.routes.some((route) => this.subnetOfGateway(route) === other)
        ? [`${one.id} leaves through ${other.id}`]
        : []),
    ]);
  }

  /** Whether a request to a host and the answer to it get through, from an ephemeral port to HTTPS. */
  private converses(subnet: Subnet, host: CidrBlock): boolean {
    const [route] = subnet.routes
      .filter(({ block }) => block.contains(host))
      .sort((one, other) => other.block.prefix - one.block.prefix);
    if (!route || !this.exchanges(subnet, host)) {
      return false;
    }
    if (route.internetGateway) {
      return true;
    }
    const hop = this.subnetOfGateway(route);
    // the gateway sees the host on one side and the subnet on the other
    return (
      hop !== undefined &&
      EPHEMERAL.every(
        (port) => permits(hop.acl, false, subnet.block, 443) && permits(hop.acl, true, subnet.block, port),
      ) &&
      this.converses(hop, host)
    );
  }

  private exchanges({ acl }: Subnet, host: CidrBlock): boolean {
    return permits(acl, true, host, 443) && EPHEMERAL.every((port) => permits(acl, false, host, port));
  }

  private subnetOfGateway({ natGateway }: Route): Subnet | undefined {
    const place = natGateway && this.resources[natGateway]?.Properties.SubnetId.Ref;
    return this.subnets.find(({ id }) => id === place);
  }

  private routesOf(routeTable: string): Route[] {
    return this.ofType('AWS::EC2::Route')
      .filter(([, { RouteTableId }]) => RouteTableId.Ref === routeTable)
      .map(([, { DestinationCidrBlock, NatGatewayId, GatewayId }]) => ({
        block: CidrBlock.parse(DestinationCidrBlock),
        natGateway: NatGatewayId?.Ref,
        internetGateway: GatewayId?.Ref,
      }));
  }

  private entriesOf(acl: string | undefined): AclEntry[] {
    return this.ofType('AWS::EC2::NetworkAclEntry')
      .filter(([, { NetworkAclId }]) => idOf(NetworkAclId) === acl)
      .map(([, entry]) => ({
        number: entry.RuleNumber,
        egress: entry.Egress ?? false,
        allows: entry.RuleAction === 'allow',
        protocol: entry.Protocol,
        block: CidrBlock.parse(entry.CidrBlock),
        ports: entry.PortRange,
      }));
  }

  private associated(type: string, subnet: string): Resources[string]['Properties'] {
    return this.ofType(type).find(([, { SubnetId }]) => SubnetId.Ref === subnet)?.[1];
  }

  private ofType(type: string): [string, Resources[string]['Properties']][] {
    return Object.entries(this.resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, { Properties }]) => [id, Properties]);
  }

  private pairs(matches: (one: Subnet, other: Subnet) => boolean): [Subnet, Subnet][] {
    return this.subnets.flatMap((one) =>
      this.subnets
        .filter((other) => other !== one && matches(one, other))
        .map((other): [Subnet, Subnet] => [one, other]),
    );
  }
}

function idOf(reference: { Ref?: string; 'Fn::GetAtt'?: string[] }): string | undefined {
  return reference.Ref ?? reference['Fn::GetAtt']?.[0];
}

function permits(acl: readonly AclEntry[], egress: boolean, block: CidrBlock, port: number): boolean {
  const answers = decide(inOrder(acl, egress), block, PROTOCOLS.tcp, port);
  return !answers.has(false);
}

/** What an ACL says to any packet from or to a range: allowed, denied, or some of either. */
function verdicts(acl: readonly AclEntry[], egress: boolean, block: CidrBlock): Set<boolean> {
  const entries = inOrder(acl, egress);
  // the verdict changes with the port at the ends of port ranges only
  const ports = new Set([
    0,
    443,
    65535,
    ...entries.flatMap(({ ports: range }) => (range ? [range.From - 1, range.From, range.To, range.To + 1] : [])),
  ]);
  return new Set(
    Object.values(PROTOCOLS).flatMap((protocol) =>
      [...ports].flatMap((port) => [...decide(entries, block, protocol, port)]),
    ),
  );
}

function inOrder(acl: readonly AclEntry[], egress: boolean): AclEntry[] {
  return acl.filter((entry) => entry.egress === egress).sort((one, other) => one.number - other.number);
}

/** The first entry that matches decides; what none matches is denied. A range that an entry cuts is judged in halves. */
function decide(entries: readonly AclEntry[], block: CidrBlock, protocol: number, port: number): Set<boolean> {
  const first = entries.find(
    (entry) =>
      entry.block.overlaps(block) &&
      (entry.protocol === -1 || entry.protocol === protocol) &&
      (entry.ports === undefined || (entry.ports.From <= port && port <= entry.ports.To)),
  );
  if (!first) {
    return new Set([false]);
  }
  if (first.block.contains(block)) {
    return new Set([first.allows]);
  }
  const halves = [0, 1].map((index) => block.part(block.prefix + 1, index));
  return new Set(halves.flatMap((half) => [...decide(entries, half, protocol, port)]));
}

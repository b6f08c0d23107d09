import { Token } from 'aws-cdk-lib';
import { CidrBlock } from './cidr-block';

/** The range of the services of an EKS cluster, and the two addresses in it that EKS always gives away. */
export class ServiceRange {
  /** That of every cluster of ours, and of EKS itself in a VPC within `10.0.0.0/8`. */
  public static readonly DEFAULT = '172.20.0.0/16';

  /** Of the API server, as pods see it. */
  public readonly kubernetesAddress: string;
  /** Of the DNS service. */
  public readonly dnsAddress: string;

  /**
   * @param cidr the IPv4 range, from `/12` to `/24`
   * @param prop the prop that an error names
   */
  public constructor(cidr: string = ServiceRange.DEFAULT, prop = 'serviceIpv4Cidr') {
    if (Token.isUnresolved(cidr)) {
      throw new Error(`'${prop}' must be literal, since network policies name addresses within it, got a token`);
    }
    const { prefix } = CidrBlock.parse(cidr, prop);
    if (prefix < 12 || prefix > 24) {
      throw new Error(`'${prop}' must be from /12 to /24, got '${cidr}'`);
    }
    const start = cidr.slice(0, cidr.lastIndexOf('.'));
    this.kubernetesAddress = `${start}.1`;
    this.dnsAddress = `${start}.10`;
  }
}

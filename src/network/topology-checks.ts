import { Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { PlatformEnvironment } from '../agentic-platform/platform-environment';
import { NetworkRange } from './network-range';

/** A shared network has one account and one region, and every environment its way out. */
export function assertTogether(environments: readonly PlatformEnvironment[]): void {
  const [first, ...others] = environments;
  for (const prop of ['account', 'region'] as const) {
    const apart = others.find((other) => differ(other[prop], first[prop]));
    if (apart) {
      throw new Error(
        `'${prop}' of environment '${apart.name}' must be '${first[prop]}' as that of '${first.name}', because they share a network, got '${apart[prop]}'`,
      );
    }
  }
  for (const { name, natGateways } of environments) {
    if (!Token.isUnresolved(natGateways) && (natGateways < 1 || natGateways > NetworkRange.ZONES)) {
      throw new Error(
        `'natGateways' of environment '${name}' must be between 1 and ${NetworkRange.ZONES}, got ${natGateways}`,
      );
    }
  }
}

/** An existing network is where it is. */
export function assertPlacedAs(vpc: ec2.IVpc, environments: readonly PlatformEnvironment[]): void {
  for (const environment of environments) {
    for (const prop of ['account', 'region'] as const) {
      if (differ(environment[prop], vpc.env[prop])) {
        throw new Error(
          `'${prop}' of environment '${environment.name}' must be '${vpc.env[prop]}' as that of 'vpc', got ${quoted(environment[prop])}`,
        );
      }
    }
  }
  assertNoRange(environments);
}

/** An existing network has its range. */
export function assertNoRange(environments: readonly PlatformEnvironment[]): void {
  for (const { name, cidr } of environments) {
    if (cidr !== undefined) {
      throw new Error(`'cidr' of environment '${name}' must not be given in an existing VPC, got '${cidr}'`);
    }
  }
}

function differ(one: string | undefined, other: string | undefined): boolean {
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
}

function quoted(value: string | undefined): string {
  return value === undefined ? 'none' : `'${value}'`;
}

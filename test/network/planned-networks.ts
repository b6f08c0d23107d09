import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { PlatformEnvironment } from '../../src/agentic-platform/platform-environment';
import type { NetworkTopology, PlannedNetworks } from '../../src/network/network-topology';
import type { Resources } from './reachability';

export const THREE = [PlatformEnvironment.development(), PlatformEnvironment.testing(), PlatformEnvironment.staging()];

/** The networks of a platform that has nothing else. */
export function plan(topology: NetworkTopology, environments: readonly PlatformEnvironment[] = THREE): PlannedNetworks {
  return topology._plan({
    platform: new Construct(new App(), 'Acme'),
    environments,
    stackName: (suffix) => `Acme-${suffix}`,
  });
}

/** The template of what environments share. */
export function sharedTemplate(topology: NetworkTopology, environments?: readonly PlatformEnvironment[]): Template {
  return Template.fromStack(plan(topology, environments).stack as Stack);
}

/** The resources of a template, for a test to change. */
export function resourcesOf(template: Template): Resources {
  return structuredClone(template.toJSON().Resources);
}

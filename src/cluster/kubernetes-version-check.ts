import { Annotations, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { KUBERNETES_CALENDAR, VERSIONS } from './versions';

/**
 * Looks at the Kubernetes version of a cluster, as far as it is known at synthesis.
 *
 * @param cluster who is warned
 * @throws if the version is none that this release installs on
 */
export function checkKubernetesVersion(cluster: IConstruct, version: string): void {
  if (Token.isUnresolved(version)) {
    return;
  }
  const { asOf, standardSupportEnds } = KUBERNETES_CALENDAR;
  if (!standardSupportEnds.has(version)) {
    throw new Error(`'version' must be one of ${[...standardSupportEnds.keys()].join(', ')}, got '${version}'`);
  }
  const end = standardSupportEnds.get(version);
  if (end !== undefined && end <= asOf) {
    warn(
      cluster,
      'versionPastStandardSupport',
      `Kubernetes ${version} left standard support on ${end} and Amazon EKS will upgrade the cluster by itself: ` +
        `set 'version' to ${VERSIONS.kubernetes}, one minor version at a time for a cluster that exists`,
    );
  }
  if (Math.abs(minorOf(version) - minorOf(VERSIONS.kubectl)) > 1) {
    warn(
      cluster,
      'kubectlSkew',
      `charts are installed by kubectl ${VERSIONS.kubectl}, which serves Kubernetes ${VERSIONS.kubectl} and one minor ` +
        `version beside it, not ${version}: set 'version' to 1.${minorOf(VERSIONS.kubectl) - 1} or later`,
    );
  }
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

function warn(cluster: IConstruct, reason: string, message: string): void {
  Annotations.of(cluster).addWarningV2(`cdk-agentic-platform:PlatformCluster.${reason}`, message);
}

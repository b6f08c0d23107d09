import { Token } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import { CidrBlock } from '../network/cidr-block';

/**
 * The IPv4 ranges of a cluster's VPC.
 *
 * @param given what the user says; the range of the VPC when left out
 */
export function vpcRangesOf(cluster: eks.ICluster, given: string[] | undefined): string[] {
  const ranges = given ?? [mainRangeOf(cluster)];
  if (ranges.length === 0) {
    throw new Error("'vpcCidrs' must hold at least one IPv4 range, got none");
  }
  for (const range of ranges.filter((candidate) => !Token.isUnresolved(candidate))) {
    CidrBlock.parse(range, 'vpcCidrs');
  }
  return ranges;
}

function mainRangeOf(cluster: eks.ICluster): string {
  try {
    return cluster.vpc.vpcCidrBlock;
  } catch {
    // an imported cluster may not know its VPC, and an imported VPC not its range; to open more instead is no answer
    throw new Error("'vpcCidrs' must be given when the VPC of 'cluster' is not known, got none");
  }
}

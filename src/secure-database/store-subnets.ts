import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** RDS and DocumentDB want subnets in two zones, even for a single instance. */
const FEWEST_SUBNETS = 2;

/** The subnets for the stores: the user's choice or the isolated ones. Throws when they are public or too few. */
export function storeSubnets(vpc: ec2.IVpc, selection?: ec2.SubnetSelection): ec2.SubnetSelection {
  if (selection === undefined) {
    const { length } = vpc.isolatedSubnets;
    if (length < FEWEST_SUBNETS) {
      throw new Error(
        `'vpc' must have at least ${FEWEST_SUBNETS} isolated subnets unless 'vpcSubnets' selects others, got ${length}`,
      );
    }
    return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  }

  const { subnetIds, hasPublic } = vpc.selectSubnets(selection);
  if (hasPublic) {
    throw new Error("'vpcSubnets' must not select public subnets");
  }
  if (subnetIds.length < FEWEST_SUBNETS) {
    throw new Error(`'vpcSubnets' must select at least ${FEWEST_SUBNETS} subnets, got ${subnetIds.length}`);
  }
  return selection;
}

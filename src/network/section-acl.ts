import { CfnResource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { ReferenceCheck } from '../evidence/reference-check';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';
import { acknowledge } from '../security/acknowledge';
import type { CidrBlock } from './cidr-block';

export interface SectionAclProps {
  readonly environmentName: string;
  readonly vpc: ec2.IVpc;
  readonly subnets: readonly ec2.Subnet[];
  /** The range of the whole network. */
  readonly whole: CidrBlock;
  /** The range of the section. */
  readonly own: CidrBlock;
}

/**
 * Keeps one section of a shared network apart from the rest of it.
 *
 * The first rule that matches decides: the section itself is let through, the rest of the network is not, and the
 * internet is, since answers come back on any port. So an environment that is added needs no rule in the others, and a
 * range that nobody has yet is closed already.
 */
export class SectionAcl extends Construct {
  public constructor(scope: Construct, id: string, props: SectionAclProps) {
    super(scope, id);
    const { vpc, subnets, whole, own } = props;
    const acl = new ec2.NetworkAcl(this, 'Resource', { vpc });
    acknowledge(acl, 'A network that environments share has no other border between them', 'VPC3');
    for (const subnet of subnets) {
      subnet.associateNetworkAcl('Of', acl);
    }

    const directions = [
      { name: 'Ingress', direction: ec2.TrafficDirection.INGRESS },
      { name: 'Egress', direction: ec2.TrafficDirection.EGRESS },
    ];
    for (const { name, direction } of directions) {
      const add = (rule: string, ruleNumber: number, cidr: string, ruleAction: ec2.Action) =>
        acl.addEntry(`${rule}${name}`, {
          cidr: ec2.AclCidr.ipv4(cidr),
          direction,
          ruleAction,
          ruleNumber,
          traffic: ec2.AclTraffic.allTraffic(),
        });
      add('Own', 100, own.toString(), ec2.Action.ALLOW);
      const others = add('Others', 200, whole.toString(), ec2.Action.DENY);
      add('Internet', 300, '0.0.0.0/0', ec2.Action.ALLOW);
      this.claim(name, cfn(others), props);
    }
    this.claimSubnets(acl, props.environmentName);
  }

  private claim(direction: string, entry: CfnResource, { environmentName, whole }: SectionAclProps): void {
    const what = `${direction.toLowerCase()} between '${environmentName}' and the rest of the shared network is denied`;
    Evidence.of(this).claim(
      Requirement.IL_SEC_001,
      this,
      new ResourceCheck(what, entry, ['RuleAction'], Expectation.equals('deny')),
      new ResourceCheck(`${what}: all of it`, entry, ['CidrBlock'], Expectation.equals(whole.toString())),
      new ResourceCheck(`${what}: on every port`, entry, ['Protocol'], Expectation.equals(-1)),
    );
  }

  private claimSubnets(acl: ec2.NetworkAcl, environmentName: string): void {
    const associations = acl.node
      .findAll()
      .filter(
        (child): child is ec2.CfnSubnetNetworkAclAssociation =>
          CfnResource.isCfnResource(child) &&
          child.cfnResourceType === ec2.CfnSubnetNetworkAclAssociation.CFN_RESOURCE_TYPE_NAME,
      );
    Evidence.of(this).claim(
      Requirement.IL_SEC_001,
      this,
      ...associations.map(
        (association) =>
          new ReferenceCheck(
            `a subnet of '${environmentName}' is behind its network ACL`,
            association,
            ['NetworkAclId'],
            acl.networkAclId,
          ),
      ),
    );
  }
}

function cfn(construct: Construct): CfnResource {
  return construct.node.defaultChild as CfnResource;
}

import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';
import { GITHUB_ISSUER, type GitHubTrust } from './github-trust';

export interface GitHubRoleProps {
  readonly roleName: string;
  readonly description: string;
  readonly trust: GitHubTrust;
  readonly statements: iam.PolicyStatement[];
}

/** A role that a workflow assumes by its identity token, with one customer-managed policy. */
export class GitHubRole extends Construct {
  public readonly role: iam.Role;
  public readonly policy: iam.ManagedPolicy;

  public constructor(scope: Construct, id: string, props: GitHubRoleProps) {
    super(scope, id);
    const { roleName, description, trust, statements } = props;
    this.role = new iam.Role(this, 'Role', { roleName, description, assumedBy: trust.principal(this) });
    this.policy = new iam.ManagedPolicy(this, 'Policy', { description, statements, roles: [this.role] });
    this.claim(trust);
  }

  private claim(trust: GitHubTrust): void {
    const role = this.role.node.defaultChild as CfnRole;
    const statements = ['AssumeRolePolicyDocument', 'Statement'];
    const subject = [...statements, '0', 'Condition', 'StringEquals', `${GITHUB_ISSUER}:sub`];
    Evidence.of(this).claim(
      Requirement.IL_SEC_001,
      this,
      new ResourceCheck(
        `the role trusts nobody but ${trust.summary}`,
        role,
        subject,
        Expectation.equals(trust.subjects),
      ),
      new ResourceCheck(
        'the role has a single statement of trust',
        role,
        [...statements, 'length'],
        Expectation.equals(1),
      ),
    );
  }
}

import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../security/acknowledge';
import type { RegistryModel, SourceModel } from './delivery-model';
import { GitHubRole } from './github-role';
import { GitHubTrust } from './github-trust';

export interface BuildRoleProps {
  readonly registry: RegistryModel;
  readonly source: SourceModel;
  /** ARNs of the repositories that are pushed to. */
  readonly repositoryArns: string[];
}

/** The role that builds, pushes and scans images, and can do nothing else. */
export class BuildRole extends Construct {
  public readonly role: iam.Role;

  public constructor(scope: Construct, id: string, props: BuildRoleProps) {
    super(scope, id);
    const { role, policy } = new GitHubRole(this, 'GitHub', {
      roleName: props.registry.buildRole,
      description: 'Builds and pushes the images of the pipeline',
      trust: GitHubTrust.branch(props.source, props.registry.place),
      statements: [
        new iam.PolicyStatement({
          sid: 'PushAndPull',
          actions: [
            'ecr:BatchCheckLayerAvailability',
            'ecr:BatchGetImage',
            'ecr:CompleteLayerUpload',
            'ecr:DescribeImages',
            'ecr:GetDownloadUrlForLayer',
            'ecr:InitiateLayerUpload',
            'ecr:PutImage',
            'ecr:UploadLayerPart',
          ],
          resources: props.repositoryArns,
        }),
        new iam.PolicyStatement({ sid: 'LogIn', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
      ],
    });
    acknowledge(
      policy,
      'ecr:GetAuthorizationToken knows no resources; whatever the token is used for needs rights of its own',
      'IAM5[Resource::*]',
    );
    this.role = role;
  }
}

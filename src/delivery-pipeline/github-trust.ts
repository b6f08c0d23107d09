import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { PlaceModel, SourceModel } from './delivery-model';
import { Place } from './place';

/** Where the identity tokens of GitHub's workflows come from. */
export const GITHUB_ISSUER = 'token.actions.githubusercontent.com';

/**
 * Whom a role of the pipeline trusts: one repository on GitHub, and of that one branch or one environment.
 *
 * Every condition compares whole strings. A repository created since July 2026 names itself together with its ids, an
 * older one without; the old form can be taken over by whoever gets the name next, so that with known ids it counts
 * only together with the repository's id.
 */
export class GitHubTrust {
  /** The workflow runs on the branch that is delivered. */
  public static branch(source: SourceModel, place: PlaceModel): GitHubTrust {
    return new GitHubTrust(source, place, `ref:refs/heads/${source.branch}`, {});
  }

  /** The job runs in an environment, and on the branch that is delivered: the subject tells only the first. */
  public static environment(source: SourceModel, place: PlaceModel, environment: string): GitHubTrust {
    return new GitHubTrust(source, place, `environment:${environment}`, { ref: `refs/heads/${source.branch}` });
  }

  private constructor(
    private readonly source: SourceModel,
    private readonly place: PlaceModel,
    private readonly context: string,
    private readonly claims: Record<string, string>,
  ) {}

  /** The trust in a few words. */
  public get summary(): string {
    return `${this.context} of ${this.source.owner}/${this.source.name}`;
  }

  /** The subjects that a trusted token can have. */
  public get subjects(): string[] {
    const { owner, name, ownerId, repositoryId } = this.source;
    const byName = `repo:${owner}/${name}:${this.context}`;
    return ownerId ? [byName, `repo:${owner}@${ownerId}/${name}@${repositoryId}:${this.context}`] : [byName];
  }

  /** The principal of a role in the account of a construct. The provider has to exist there. */
  public principal(scope: IConstruct): iam.IPrincipal {
    const provider = Stack.of(scope).formatArn({
      service: 'iam',
      region: '',
      resource: 'oidc-provider',
      resourceName: GITHUB_ISSUER,
    });
    const expected = { aud: new Place(this.place).audience, sub: this.subjects, ...this.knownClaims };
    const conditions = Object.entries(expected).map(([claim, value]) => [`${GITHUB_ISSUER}:${claim}`, value]);
    return new iam.WebIdentityPrincipal(provider, { StringEquals: Object.fromEntries(conditions) });
  }

  /** AWS compares more claims in its commercial regions only: elsewhere such a condition never holds. */
  private get knownClaims(): Record<string, string> {
    const { repositoryId } = this.source;
    return repositoryId && this.place.partition === 'aws' ? { repository_id: repositoryId, ...this.claims } : {};
  }
}

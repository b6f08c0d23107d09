import type { SourceModel } from './delivery-model';
import { literal } from './literal';

/** Options of a repository on GitHub. */
export interface GitHubSourceOptions {
  /**
   * The branch that is built and deployed.
   *
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * The numeric id of the owner, as `gh api repos/OWNER/NAME --jq .owner.id` prints it. Needs `repositoryId` too.
   *
   * Repositories created since July 2026 identify themselves by their ids: without them AWS refuses their workflows.
   *
   * @default - the repository is trusted by its name only
   */
  readonly ownerId?: string;

  /**
   * The numeric id of the repository, as `gh api repos/OWNER/NAME --jq .id` prints it. Needs `ownerId` too.
   *
   * @default - the repository is trusted by its name only
   */
  readonly repositoryId?: string;
}

/** The repository that holds the application, and with it the engine that runs the pipeline. */
export class SourceRepository {
  /**
   * A repository on GitHub, built by GitHub Actions.
   *
   * @param repository the repository as `owner/name`
   * @param options branch and ids
   * @throws if the repository is not `owner/name`, the branch is no name of a branch, or an id is not numeric
   */
  public static github(repository: string, options: GitHubSourceOptions = {}): SourceRepository {
    literal('repository', repository, /^[\w-]+\/[\w.-]+$/, "'owner/name'");
    const branch = literal('branch', options.branch ?? 'main', /^[\w./-]+$/, 'the name of a branch, without wildcards');
    const { ownerId, repositoryId } = options;
    if ((ownerId === undefined) !== (repositoryId === undefined)) {
      throw new Error("'ownerId' and 'repositoryId' must be given together");
    }
    for (const [prop, id] of Object.entries({ ownerId, repositoryId })) {
      if (id !== undefined) {
        literal(prop, id, /^\d+$/, 'a numeric id');
      }
    }
    const [owner, name] = repository.split('/');
    return new SourceRepository({ provider: 'github', owner, name, branch, ownerId, repositoryId });
  }

  /** The name of the repository, without its owner. */
  public readonly name: string;

  /** The branch that is built and deployed. */
  public readonly branch: string;

  /** @internal */
  public readonly _model: SourceModel;

  private constructor(model: SourceModel) {
    this.name = model.name;
    this.branch = model.branch;
    this._model = model;
  }
}

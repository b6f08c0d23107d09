import { Annotations, attachCustomSynthesis, Stack, Stage } from 'aws-cdk-lib';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, type IConstruct } from 'constructs';
import { BuildRole } from './build-role';
import { DeliveryFiles } from './delivery-files';
import type { DeliveryModel, EnvironmentModel } from './delivery-model';
import { DeliveryNames } from './delivery-names';
import type { DeliveryService } from './delivery-service';
import type { DeliveryTarget } from './delivery-target';
import { DeployRole } from './deploy-role';
import { GitHubIdentityProvider } from './github-identity-provider';
import { ImageRepositories } from './image-repositories';
import { modelDelivery } from './model-delivery';
import type { SourceRepository } from './source-repository';

/** Properties of a `DeliveryPipeline`. */
export interface DeliveryPipelineProps {
  /** The repository that is built. The engine follows from where it is hosted. */
  readonly source: SourceRepository;

  /** The environments to deploy to, in the order in which an image is promoted. */
  readonly targets: DeliveryTarget[];

  /**
   * The name of the application, a DNS label. Roles, image repositories, the Helm release and the pipeline's files are
   * called after it.
   *
   * @default - the name of the repository in lower case, with dashes for all but letters and digits
   */
  readonly applicationName?: string;

  /**
   * The images to build.
   *
   * @default - one service called like the repository, built from the Dockerfile in its root
   */
  readonly services?: DeliveryService[];

  /**
   * The provider of GitHub's identities, if the account has one already. An account can have only one.
   *
   * @default - one is created, and shared by all pipelines of the app in this account
   */
  readonly openIdConnectProvider?: iam.IOidcProvider;

  /**
   * The key that encrypts the images. An imported key must itself let the environments' accounts decrypt, if they are
   * not the one of the pipeline.
   *
   * @default - a new key with yearly rotation, kept when the stack is deleted
   */
  readonly encryptionKey?: kms.IKey;
}

const APPLICATIONS = new WeakMap<IConstruct, Set<string>>();

/**
 * Brings an application from its repository to its environments: built once, tested, scanned, pushed to Amazon ECR, and
 * released by Helm to one environment after the other, always the same image by its digest.
 *
 * Creates the image repositories, the identity provider, a role for the build, and a role per environment. Each role
 * trusts one branch or one environment of one repository; a region that synth does not know is taken for a commercial
 * one in this, as AWS compares less of an identity elsewhere. Repositories and images stay when the stack is deleted.
 *
 * Writes the workflow, its scripts, a manifest and a README.md with what is left to set up to `delivery/<application>/` in the
 * cloud assembly: copy `.github` and `ci` from there to the repository.
 *
 * @example
 * new DeliveryPipeline(this, 'Delivery', {
 *   source: SourceRepository.github('acme/agents'),
 *   targets: [
 *     { environment: 'testing', clusterName: 'shared', namespace: 'agents-testing' },
 *     { environment: 'staging', clusterName: 'shared', namespace: 'agents-staging', approval: true },
 *   ],
 * });
 */
export class DeliveryPipeline extends Construct {
  /** The name of the application. */
  public readonly applicationName: string;

  /** The key that encrypts the images. */
  public readonly encryptionKey: kms.IKey;

  /** The role that builds and pushes images. */
  public readonly buildRole: iam.IRole;

  private readonly model: DeliveryModel;
  private readonly repositories: ReadonlyMap<string, ecr.IRepository>;
  private readonly deployRoles: ReadonlyMap<string, iam.IRole>;

  /**
   * Defines the pipeline.
   *
   * @param scope the parent
   * @param id the id within the parent
   * @param props the repository and the environments
   * @throws if a name is missing, malformed, a token, or given twice, or if another pipeline of the assembly has the same
   * application name
   */
  public constructor(scope: Construct, id: string, props: DeliveryPipelineProps) {
    super(scope, id);
    this.model = modelDelivery(this, props);
    this.applicationName = this.model.application;
    this.reserveApplicationName();

    const repositories = new ImageRepositories(this, 'Images', {
      model: this.model,
      encryptionKey: props.encryptionKey,
    });
    this.encryptionKey = repositories.encryptionKey;
    this.repositories = repositories.images;
    this.buildRole = this.createBuildRole(repositories.arns, props.openIdConnectProvider);
    this.deployRoles = this.createDeployRoles(props.targets);

    if (this.model.source.repositoryId === undefined) {
      Annotations.of(this).addWarningV2(
        'cdk-agentic-platform:DeliveryPipeline.repositoryIds',
        "the repository is trusted by its name only: give 'ownerId' and 'repositoryId' to 'SourceRepository.github', " +
          'which repositories created since July 2026 need',
      );
    }
    const files = new DeliveryFiles(this.model);
    attachCustomSynthesis(this, { onSynthesize: ({ assembly }) => files.write(assembly.outdir) });
  }

  /**
   * The role that deploys to an environment.
   *
   * @param environment the name of the environment
   * @throws if the pipeline has no such environment
   */
  public deployRole(environment: string): iam.IRole {
    return find('environment', environment, this.deployRoles);
  }

  /**
   * The repository of a service's images.
   *
   * @param service the name of the service
   * @throws if the pipeline has no such service
   */
  public repository(service: string): ecr.IRepository {
    return find('service', service, this.repositories);
  }

  /** Two pipelines of one name would overwrite each other's files, and fight for the same roles. */
  private reserveApplicationName(): void {
    const assembly = Stage.of(this) ?? this.node.root;
    const taken = APPLICATIONS.get(assembly) ?? new Set();
    if (taken.has(this.applicationName)) {
      throw new Error(`'applicationName' must be unique within an app, got '${this.applicationName}' twice`);
    }
    APPLICATIONS.set(assembly, taken.add(this.applicationName));
  }

  private createBuildRole(repositoryArns: string[], existing?: iam.IOidcProvider): iam.IRole {
    const { registry, source } = this.model;
    const build = new BuildRole(this, 'BuildRole', {
      registry,
      source,
      repositoryArns,
    });
    build.node.addDependency(GitHubIdentityProvider.in(Stack.of(this), existing));
    return build.role;
  }

  private createDeployRoles(targets: readonly DeliveryTarget[]): ReadonlyMap<string, iam.IRole> {
    return new Map(
      this.model.environments.map((environment, index) => [
        environment.name,
        this.createDeployRole(environment, targets[index]),
      ]),
    );
  }

  /** The role lives where its cluster is, so that an environment in another account has it there. */
  private createDeployRole(environment: EnvironmentModel, target: DeliveryTarget): iam.IRole {
    const { cluster, topic, openIdConnectProvider } = target;
    const here = Stack.of(this);
    const stack = cluster ? Stack.of(cluster) : here;
    const [scope, id] = stack === here ? [this, `Deploy-${environment.name}`] : [stack, environment.deployRole];
    const deploy = new DeployRole(scope, id, {
      environment,
      source: this.model.source,
      group: new DeliveryNames(this.applicationName).deployersGroup,
      cluster,
      topic,
    });
    const provider = GitHubIdentityProvider.in(stack, openIdConnectProvider);
    if (Stage.of(provider) === Stage.of(deploy)) {
      // across stacks this only orders them: the role names the provider by a computed ARN
      deploy.node.addDependency(provider);
    }
    return deploy.role;
  }
}

function find<T>(prop: string, name: string, known: ReadonlyMap<string, T>): T {
  const found = known.get(name);
  if (found === undefined) {
    throw new Error(`'${prop}' must be one of ${[...known.keys()].join(', ')}, got '${name}'`);
  }
  return found;
}

/**
 * What a pipeline is, in plain values.
 *
 * The roles and registries in AWS and the files in the repository are made from it alone, so that neither can name
 * what the other does not have. No token of the CDK is ever inside: the model can be written as JSON.
 */
export interface DeliveryModel {
  readonly application: string;
  readonly source: SourceModel;
  /** Directory of the Helm chart in the repository. */
  readonly chart: string;
  readonly registry: RegistryModel;
  readonly services: readonly ServiceModel[];
  /** In the order in which an image is promoted. */
  readonly environments: readonly EnvironmentModel[];
}

/** The repository that the pipeline builds, and that alone may assume its roles. */
export interface SourceModel {
  readonly provider: 'github';
  readonly owner: string;
  readonly name: string;
  readonly branch: string;
  readonly ownerId?: string;
  readonly repositoryId?: string;
}

/** An account and region; what synth does not know is left out, and becomes a variable of the pipeline. */
export interface PlaceModel {
  readonly name: string;
  readonly partition: string;
  readonly account?: string;
  readonly region?: string;
}

/** Where the images go. */
export interface RegistryModel {
  readonly place: PlaceModel;
  readonly buildRole: string;
}

/** An image that is built from the repository. */
export interface ServiceModel {
  readonly name: string;
  readonly context: string;
  /** Relative to the root of the repository. */
  readonly dockerfile: string;
  readonly repository: string;
  readonly cacheRepository: string;
}

/** A cluster's namespace that the application is released to. */
export interface EnvironmentModel {
  readonly name: string;
  readonly place: PlaceModel;
  readonly clusterName: string;
  readonly namespace: string;
  readonly release: string;
  readonly deployRole: string;
  /** Whether a person has to agree before it is deployed to. */
  readonly approval: boolean;
  /** SSM parameter that holds the ARN of the topic to be told of each deployment. */
  readonly topicParameter?: string;
}

/** One container image of the application, built from its repository. */
export interface DeliveryService {
  /** The name of the service, a DNS label; the image repository is called after it. */
  readonly name: string;

  /**
   * The directory that the image is built from, relative to the root of the repository.
   *
   * @default '.'
   */
  readonly context?: string;

  /**
   * The Dockerfile, relative to the context. A stage named `test` in it is built first, to run the unit tests.
   *
   * @default 'Dockerfile'
   */
  readonly dockerfile?: string;
}

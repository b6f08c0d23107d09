/** The names that a pipeline gives to what it creates, all derived from its application. */
export class DeliveryNames {
  public constructor(private readonly application: string) {}

  /** The role that builds and pushes images. */
  public get buildRole(): string {
    return `${this.application}-build`;
  }

  /** The group that deployers belong to on a cluster. */
  public get deployersGroup(): string {
    return `${this.application}:deployers`;
  }

  /** The role that deploys to one environment. */
  public deployRole(environment: string): string {
    return `${this.application}-${environment}-deploy`;
  }

  /** The parameter that tells where to report the deployments of one environment. */
  public topicParameter(environment: string): string {
    return `/${this.application}/${environment}/delivery-topic`;
  }

  /** The image repository of a service. */
  public repository(service: string): string {
    return `${this.application}/${service}`;
  }

  /** The repository of a service's build cache: its tags move, so it is not the one of the images. */
  public cacheRepository(service: string): string {
    return `${this.repository(service)}-cache`;
  }
}

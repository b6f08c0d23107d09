import type { DeliveryModel, EnvironmentModel, ServiceModel } from '../delivery-model';
import { Place } from '../place';
import { GENERATED } from './script';

/** A variable that synth could not replace: the script stops and names it when it is missing. */
const fromVariable = (variable: string) => `\${${variable}:?is not set}`;

/** What the other scripts need to know of the application; they are the same for every pipeline of a repository. */
export function factsScript(model: DeliveryModel): string {
  const { application, chart, registry, services, environments } = model;
  const place = new Place(registry.place);
  return `# What the scripts beside this one need to know of ${application}.
#
# ${GENERATED}
#
# shellcheck shell=bash disable=SC2034  # the variables are for whoever reads this file
CHART='${chart}'
SERVICES='${services.map(({ name }) => name).join(' ')}'
ENVIRONMENTS='${environments.map(({ name }) => name).join(' ')}'

use_registry() {
  REGISTRY_REGION="${place.region(fromVariable)}"
  REGISTRY="${place.registryHost(fromVariable)}"
}

use_service() {
  case "$1" in
${services.map((service) => serviceFacts(service, services.length)).join('\n')}
    *) fail 64 "unknown service: $1" ;;
  esac
}

use_environment() {
  case "$1" in
${environments.map(environmentFacts).join('\n')}
    *) fail 64 "unknown environment: $1" ;;
  esac
}
`;
}

function serviceFacts({ name, context, dockerfile, repository, cacheRepository }: ServiceModel, count: number): string {
  return `    ${name})
      CONTEXT='${context}'
      DOCKERFILE='${dockerfile}'
      REPOSITORY='${repository}'
      CACHE_REPOSITORY='${cacheRepository}'
      IMAGE_VALUE='${count === 1 ? 'image' : `images.${name}`}'
      ;;`;
}

function environmentFacts({ name, place, ...environment }: EnvironmentModel): string {
  return `    ${name})
      TARGET_ACCOUNT="${new Place(place).account(fromVariable)}"
      TARGET_REGION="${new Place(place).region(fromVariable)}"
      TARGET_CLUSTER='${environment.clusterName}'
      TARGET_NAMESPACE='${environment.namespace}'
      TARGET_RELEASE='${environment.release}'
      TARGET_TOPIC_PARAMETER='${environment.topicParameter ?? ''}'
      ;;`;
}

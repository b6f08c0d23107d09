import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { DeliveryModel, EnvironmentModel, RegistryModel, ServiceModel } from './delivery-model';
import { DeliveryNames } from './delivery-names';
import type { DeliveryPipelineProps } from './delivery-pipeline';
import type { DeliveryService } from './delivery-service';
import type { DeliveryTarget } from './delivery-target';
import { dnsLabel, literal, relativePath, unique } from './literal';
import { Place } from './place';

const REGISTRY = 'delivery';
const ROLE_NAME_LIMIT = 64;

/** Checks what the user asked for, and says it in plain values. */
export function modelDelivery(scope: IConstruct, props: DeliveryPipelineProps): DeliveryModel {
  const application = dnsLabel('applicationName', props.applicationName ?? labelOf(props.source.name));
  const names = new DeliveryNames(application);
  const services = props.services ?? [{ name: labelOf(props.source.name) }];
  return {
    application,
    source: props.source._model,
    chart: 'chart',
    registry: registry(scope, names),
    services: modelServices(services, names),
    environments: modelEnvironments(scope, props.targets, application, names),
  };
}

function registry(scope: IConstruct, names: DeliveryNames): RegistryModel {
  const place = Place.ofStack(REGISTRY, Stack.of(scope));
  return { place, buildRole: roleName('applicationName', names.buildRole) };
}

function modelServices(services: readonly DeliveryService[], names: DeliveryNames): ServiceModel[] {
  if (services.length === 0) {
    throw new Error("'services' must name at least one service");
  }
  const models = services.map((service): ServiceModel => {
    const name = dnsLabel('name', service.name);
    const context = relativePath('context', service.context ?? '.');
    const dockerfile = relativePath('dockerfile', service.dockerfile ?? 'Dockerfile');
    return {
      name,
      context,
      dockerfile: context === '.' ? dockerfile : `${context}/${dockerfile}`,
      repository: names.repository(name),
      cacheRepository: names.cacheRepository(name),
    };
  });
  unique(
    'name',
    models.map(({ name }) => name),
  );
  unique(
    'repository',
    models.flatMap(({ repository, cacheRepository }) => [repository, cacheRepository]),
  );
  return models;
}

function modelEnvironments(
  scope: IConstruct,
  targets: readonly DeliveryTarget[],
  application: string,
  names: DeliveryNames,
): EnvironmentModel[] {
  if (targets.length === 0) {
    throw new Error("'targets' must name at least one environment");
  }
  const models = targets.map((target): EnvironmentModel => {
    const name = dnsLabel('environment', target.environment);
    if (name === REGISTRY) {
      throw new Error(`'environment' must not be '${REGISTRY}', which stands for the account of the registry`);
    }
    return {
      name,
      place: Place.ofStack(name, Stack.of(target.cluster ?? scope)),
      clusterName: clusterName(target),
      namespace: dnsLabel('namespace', target.namespace ?? 'agents'),
      release: application,
      deployRole: roleName('environment', names.deployRole(name)),
      approval: target.approval ?? false,
      topicParameter: target.topic && names.topicParameter(name),
    };
  });
  unique(
    'environment',
    models.map(({ name }) => name),
  );
  return models;
}

function clusterName({ cluster, clusterName }: DeliveryTarget): string {
  literal(
    'clusterName',
    clusterName,
    /^[a-zA-Z0-9][\w-]{0,99}$/,
    'at most 100 letters, digits, dashes and underscores',
  );
  const known = cluster && !Token.isUnresolved(cluster.clusterName) ? cluster.clusterName : clusterName;
  if (known !== clusterName) {
    throw new Error(`'clusterName' must be the name of 'cluster', '${known}', got '${clusterName}'`);
  }
  return clusterName;
}

function roleName(prop: string, name: string): string {
  if (name.length > ROLE_NAME_LIMIT) {
    throw new Error(`'${prop}' must leave the role name within ${ROLE_NAME_LIMIT} characters, got '${name}'`);
  }
  return name;
}

/** The name of a repository may hold capitals and dots, which most other names may not. */
function labelOf(repository: string): string {
  return repository
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

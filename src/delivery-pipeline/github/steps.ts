import type { PlaceModel } from '../delivery-model';
import { Place } from '../place';
import type { ActionCatalog } from './action-catalog';
import { expression } from './expression';
import type { Step } from './workflow';

/** How a workflow refers to a variable of the repository. */
export const repositoryVariable = (variable: string) => expression(`vars.${variable}`);

/** Hands the variables that synth does not know the values of to the scripts. */
export function variablesOf(...places: PlaceModel[]): Record<string, string> {
  const names = places.flatMap((place) => new Place(place).variables);
  return Object.fromEntries(names.map((name) => [name, repositoryVariable(name)]));
}

/** A name as part of the name of an environment variable. */
export function upperCase(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

export function checkout(actions: ActionCatalog): Step {
  return { name: 'Check out', uses: actions.checkout, with: { 'persist-credentials': false } };
}

export interface CredentialsOptions {
  readonly place: PlaceModel;
  readonly role: string;
  /** What the session is for, as a part of its name. */
  readonly session: string;
  /** A session policy, to do with less than the role can. */
  readonly policy?: object;
}

export function credentials(actions: ActionCatalog, options: CredentialsOptions): Step {
  const place = new Place(options.place);
  return {
    name: 'Assume the role in AWS',
    uses: actions.credentials,
    with: {
      'role-to-assume': place.roleArn(options.role, repositoryVariable),
      'aws-region': place.region(repositoryVariable),
      audience: place.audience,
      'allowed-account-ids': place.account(repositoryVariable),
      'role-session-name': `${options.session}-${expression('github.run_id')}`,
      'role-duration-seconds': 3600,
      ...(options.policy && { 'inline-session-policy': JSON.stringify(options.policy) }),
    },
  };
}

export function installHelm(): Step {
  return {
    name: 'Install Helm',
    run: 'bash ci/helm.sh "$RUNNER_TEMP/helm"\necho "$RUNNER_TEMP/helm" >> "$GITHUB_PATH"\n',
  };
}

/** Fails on known vulnerabilities that have a fix, of high or critical severity. */
export function trivy(actions: ActionCatalog, name: string, scan: Record<string, string>): Step {
  return {
    name,
    uses: actions.trivy,
    with: {
      ...scan,
      version: 'v0.72.0',
      severity: 'HIGH,CRITICAL',
      'ignore-unfixed': true,
      'exit-code': '1',
      cache: false,
    },
    env: {
      TRIVY_DB_REPOSITORY: 'public.ecr.aws/aquasecurity/trivy-db:2,ghcr.io/aquasecurity/trivy-db:2',
      TRIVY_JAVA_DB_REPOSITORY: 'public.ecr.aws/aquasecurity/trivy-java-db:1,ghcr.io/aquasecurity/trivy-java-db:1',
    },
  };
}

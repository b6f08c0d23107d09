import type { DeliveryModel } from './delivery-model';
import { Place } from './place';

/** What is left to do by hand, since it is a setting of the repository and not a file in it. */
export function setupGuide(model: DeliveryModel): string {
  const { application, source, services, environments } = model;
  return `# Delivery of ${application}

Made from the CDK app: change the app, not these files.

## Copy

Copy \`.github\` and \`ci\` to the root of ${source.owner}/${source.name}, and commit them to
\`${source.branch}\`.

${variables(model)}## Environments

Create these environments in the settings of the repository, and let only the branch \`${source.branch}\` deploy to them.
The roles in AWS trust the environments by their names.

| Environment | Reviewers | Role | Cluster | Namespace |
|---|---|---|---|---|
${environments
  .map(
    ({ name, approval, deployRole, clusterName, namespace }) =>
      `| \`${name}\` | ${approval ? 'required: name who has to agree' : 'none'} | \`${deployRole}\` | \`${clusterName}\` | \`${namespace}\` |`,
  )
  .join('\n')}

## Runners

Jobs run on machines of GitHub, which reach public Kubernetes APIs only. For a private one, set the variable of its
environment to the label of a runner inside the VPC.

| Environment | Variable |
|---|---|
${environments.map(({ name, place }) => `| \`${name}\` | \`${new Place(place).runnerVariable}\` |`).join('\n')}

## What the repository has to hold

- ${services.map(({ dockerfile }) => `\`${dockerfile}\``).join(', ')}: a stage named \`test\` runs linters and unit tests.
- \`${model.chart}/\`, the Helm chart, and for each environment that differs a \`${model.chart}/values.ENVIRONMENT.yaml\`.
  The chart takes its images from ${services
    .map(({ name }) => (services.length === 1 ? 'image' : `images.${name}`))
    .map((value) => `\`${value}.repository\` and \`${value}.digest\``)
    .join(', ')}.
- The namespaces must exist: the deploy roles may not create them.
`;
}

function variables({ registry, environments }: DeliveryModel): string {
  const places = [registry.place, ...environments.map(({ place }) => place)];
  const rows = places.flatMap((place) =>
    new Place(place).variables.map((variable) => {
      const what = variable.startsWith('AWS_ACCOUNT') ? 'The account' : 'The region';
      const of = place === registry.place ? 'the image registry' : place.name;
      return `| \`${variable}\` | ${what} of ${of} |`;
    }),
  );
  return rows.length === 0
    ? ''
    : `## Variables

The stacks are bound to no account or region, so set these as variables of the repository (not of an environment):

| Variable | Value |
|---|---|
${rows.join('\n')}

`;
}

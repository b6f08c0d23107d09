import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A table of what a cloud assembly holds.
 *
 * @param outdir the assembly
 * @param shorten how paths are printed
 */
export function summarize(outdir, shorten) {
  const { artifacts } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf-8'));
  const stacks = Object.values(artifacts)
    .filter(({ type }) => type === 'aws:cloudformation:stack')
    .map((artifact) => describe(outdir, artifact));

  const environments = [...new Set(stacks.map(({ environment }) => environment))];
  const rows = environments.map((environment) => {
    const members = stacks.filter((stack) => stack.environment === environment);
    const column = (key) => members.map((stack) => stack[key]).join('\n');
    return [environment, column('name'), column('resources'), column('releases')];
  });
  const places = [
    ['Templates', '*.template.json'],
    ['Charts', 'charts/'],
    ['Pipeline files', 'delivery/'],
    ['Evidence', 'evidence/evidence.md'],
    ['Handbook', 'handbook/'],
  ].filter(([, path]) => path.startsWith('*') || existsSync(join(outdir, path)));
  return [
    '',
    ...table(['Environment', 'Stacks', 'Resources', 'Helm releases'], rows),
    '',
    ...places.map(([what, path]) => `${`${what}:`.padEnd(16)}${shorten(join(outdir, path))}`),
    '',
  ].join('\n');
}

function describe(outdir, { properties, displayName }) {
  const resources = Object.values(
    JSON.parse(readFileSync(join(outdir, properties.templateFile), 'utf-8')).Resources ?? {},
  );
  return {
    environment: properties.tags?.environment ?? 'shared',
    name: properties.stackName ?? displayName,
    resources: resources.length,
    releases: resources.filter(({ Type }) => Type === 'Custom::AWSCDK-EKS-HelmChart').length,
  };
}

function table(head, rows) {
  const lines = [head, ...rows].map((cells) => cells.map((cell) => String(cell).split('\n')));
  const widths = head.map((_, column) =>
    Math.max(...lines.flatMap((cells) => cells[column].map((text) => text.length))),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const printed = lines.map((cells) => {
    const height = Math.max(...cells.map((texts) => texts.length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((texts, column) => (texts[line] ?? '').padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    ).join('\n');
  });
  return [printed[0], rule, ...printed.slice(1)];
}

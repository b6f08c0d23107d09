import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(__dirname, '..', '..', 'src');

interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** What it imports when it is loaded; types and late `require`s are not among it. */
  readonly imports: readonly string[];
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf-8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path): SourceFile => {
    const text = readFileSync(join(SRC, path), 'utf-8');
    const statements = [...text.matchAll(/^(?:import|export)\s(?!type\b)([^;]*?)from '([^']+)';/gms)];
    return { path, text, imports: statements.filter(([, names]) => !onlyTypes(names)).map(([, , module]) => module) };
  });

function onlyTypes(names: string): boolean {
  const named = /^\{([^}]*)\}\s*$/s.exec(names.trim());
  return named?.[1].split(',').every((name) => name.trim() === '' || name.trim().startsWith('type ')) ?? false;
}

function offenders(isOffender: (file: SourceFile) => boolean): string[] {
  return files.filter(isOffender).map(({ path }) => path);
}

test('there is something to judge', () => {
  expect(files.length).toBeGreaterThan(80);
  expect(files.filter(({ path }) => path.endsWith('-chart.ts')).length).toBeGreaterThan(2);
});

test('a chart knows Kubernetes and nothing of AWS', () => {
  expect(offenders(({ path, text }) => path.endsWith('-chart.ts') && text.includes("from 'aws-cdk-lib"))).toEqual([]);
});

test('nothing but a chart loads cdk8s, and only when a chart is built', () => {
  expect(
    offenders(({ path, imports }) => !path.endsWith('-chart.ts') && imports.some((name) => /^(cdk8s|yaml)/.test(name))),
  ).toEqual([]);
});

test('nothing imports a chart before it is needed', () => {
  expect(
    offenders(({ path, imports }) => !path.endsWith('-chart.ts') && imports.some((name) => name.endsWith('-chart'))),
  ).toEqual([]);
});

test('charts get onto a cluster in one place only', () => {
  expect(
    offenders(({ text }) => /new eks\.(HelmChart|KubernetesManifest)\(|addCdk8sChart|addHelmChart/.test(text)),
  ).toEqual(['cluster/chart-release.ts', 'cluster/cluster-charts.ts']);
});

test('no file is over 400 lines, and most are under 150', () => {
  const lengths = files.map(({ text }) => text.split('\n').length).sort((a, b) => a - b);

  expect(offenders(({ text }) => text.split('\n').length > 400)).toEqual([]);
  expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThan(150);
});

test('there are no rooms for everything', () => {
  expect(offenders(({ path }) => /(^|\/)(utils?|common|helpers?)(\.ts|\/)/.test(path))).toEqual([]);
});

test('imports run in no circle', () => {
  const graph = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .filter((name) => name.startsWith('.'))
        .map((name) => `${relative(SRC, resolve(SRC, dirname(path), name))}.ts`),
    ]),
  );
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    } else if (!done.has(path)) {
      for (const next of graph.get(path) ?? []) {
        visit(next, [...trail, path]);
      }
      done.add(path);
    }
  };
  for (const path of graph.keys()) {
    visit(path, []);
  }

  expect(circles).toEqual([]);
});

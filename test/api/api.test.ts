import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly, EnumType, Parameter, Property, Type, TypeReference } from '@jsii/spec';
import { describe, expect, test } from 'vitest';

const root = join(__dirname, '..', '..');
const assembly: Assembly = JSON.parse(readFileSync(join(root, '.jsii'), 'utf-8'));
const types = Object.values(assembly.types ?? {});

type Member = { readonly name: string; readonly type?: TypeReference; readonly summary?: string };

/** Everything callable or readable of a type, with the type's name before it. */
function membersOf(type: Type): Member[] {
  if (type.kind === 'enum') {
    return (type as EnumType).members.map(({ name, docs }) => ({
      name: `${type.name}.${name}`,
      summary: docs?.summary,
    }));
  }
  const {
    properties = [],
    methods = [],
    initializer,
  } = type as Type & {
    properties?: Property[];
    methods?: { name: string; docs?: Property['docs']; returns?: { type: TypeReference }; parameters?: Parameter[] }[];
    initializer?: { parameters?: Parameter[] };
  };
  const parametersOf = (owner: string, parameters: Parameter[] = []) =>
    parameters.map(({ name, type: reference, docs }) => ({
      name: `${type.name}.${owner}(${name})`,
      type: reference,
      summary: docs?.summary,
    }));
  return [
    ...properties.map(({ name, type: reference, docs }) => ({
      name: `${type.name}.${name}`,
      type: reference,
      summary: docs?.summary,
    })),
    ...methods.flatMap(({ name, docs, returns, parameters }) => [
      { name: `${type.name}.${name}`, type: returns?.type, summary: docs?.summary },
      ...parametersOf(name, parameters),
    ]),
    ...parametersOf('constructor', initializer?.parameters),
  ];
}

function mentions(reference: TypeReference | undefined, bad: (one: TypeReference) => boolean): boolean {
  if (!reference) {
    return false;
  }
  const { collection } = reference as { collection?: { elementtype: TypeReference } };
  return bad(reference) || mentions(collection?.elementtype, bad);
}

test('there is an API to look at', () => {
  expect(types.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['AgenticPlatform', 'SecureDatabase', 'ObservabilityStack', 'DeliveryPipeline']),
  );
});

test('every type is documented', () => {
  expect(types.filter(({ docs }) => !docs?.summary).map(({ name }) => name)).toEqual([]);
});

test('every member and parameter is documented', () => {
  const members = types.flatMap(membersOf);

  expect(members.length).toBeGreaterThan(50);
  expect(members.filter(({ summary }) => !summary).map(({ name }) => name)).toEqual([]);
});

test('every optional prop tells its default', () => {
  const props = types
    .filter((type) => 'datatype' in type && type.datatype)
    .flatMap((type) => ((type as { properties?: Property[] }).properties ?? []).map((prop) => ({ type, prop })));

  expect(props.length).toBeGreaterThan(20);
  expect(
    props
      .filter(({ prop }) => prop.optional && !prop.docs?.default)
      .map(({ type, prop }) => `${type.name}.${prop.name}`),
  ).toEqual([]);
});

test('nothing is of type any, and nothing is a union', () => {
  const bad = types
    .flatMap(membersOf)
    .filter(({ type }) =>
      mentions(type, (one) => ('primitive' in one && ['any', 'json'].includes(one.primitive)) || 'union' in one),
    );

  expect(bad.map(({ name }) => name)).toEqual([]);
});

test('no choice is hidden in string literals, which other languages would see as any string', () => {
  const declarations = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf-8' })
    .filter((path) => path.endsWith('.d.ts'))
    .filter((path) => types.some(({ symbolId }) => symbolId?.startsWith(`src/${path.replace(/\.d\.ts$/, '')}:`)));

  expect(declarations.length).toBeGreaterThan(5);
  const literals = declarations.flatMap((path) =>
    readFileSync(join(root, 'lib', path), 'utf-8')
      .split('\n')
      .filter((line) => /^\s+readonly \w+\??: .*['"]/.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(literals).toEqual([]);
});

test('everything that the door exports reaches other languages', () => {
  const door = readFileSync(join(root, 'src', 'index.ts'), 'utf-8');
  const exported = [...door.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names]) =>
    names
      .split(',')
      .map((name) => name.trim().replace(/^type /, ''))
      .filter((name) => name !== ''),
  );

  expect(exported.length).toBeGreaterThan(5);
  expect(exported.filter((name) => !types.some((type) => type.name === name))).toEqual([]);
  expect(door).not.toMatch(/export \*/);
});

test('the API reference is committed and knows every type', () => {
  const path = join(root, 'API.md');

  expect(existsSync(path)).toBe(true);
  const reference = readFileSync(path, 'utf-8');
  expect(types.map(({ name }) => name).filter((name) => !reference.includes(`### ${name} `))).toEqual([]);
});

describe('importing the library', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: 'utf-8' });

  test('loads nothing of it until something is used', () => {
    const own =
      "Object.keys(require.cache).filter((path) => /[/]lib[/]/.test(path) && !path.includes('node_modules')).length";
    const { stdout, stderr } = run(
      '-e',
      `const library = require('.'); console.log(${own}); library.PlatformNetwork; console.log(${own})`,
    );

    expect(stderr).toBe('');
    const [before, after] = stdout.trim().split('\n').map(Number);
    expect(before).toBe(1);
    expect(after).toBeGreaterThan(5);
  });

  test('works by name from ES modules', () => {
    const names = types
      .filter(({ kind, ...type }) => kind !== 'interface' && !('datatype' in type))
      .map(({ name }) => name);
    const code = `import { ${names.join(', ')} } from './lib/index.js'; console.log([${names.join(', ')}].every(Boolean))`;

    expect(run('--input-type=module', '-e', code)).toMatchObject({ stderr: '', stdout: 'true\n' });
  });
});

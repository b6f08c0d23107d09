import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { STRICT_VALIDATION, synthesizeExample } from './synthesize-example';

const examples = readdirSync(join(__dirname, '..', '..', 'examples'));

function files(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf-8' })
    .filter((path) => statSync(join(directory, path)).isFile())
    .sort();
}

test('there are examples', () => {
  expect(examples).toContain('quickstart');
});

describe.each(examples)('%s', (example) => {
  const { outdir, status, stderr } = synthesizeExample(example, STRICT_VALIDATION);

  test('synthesizes under strict validation without a finding', () => {
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  test('was really validated', () => {
    const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf-8'));

    expect(report.pluginReports.map(({ pluginName }: { pluginName: string }) => pluginName)).toContain(
      'CloudFormation Validate',
    );
  });

  test('needs no look-up', () => {
    expect(JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf-8')).missing ?? []).toEqual([]);
  });

  test('gives the same bytes again', () => {
    const again = synthesizeExample(example, STRICT_VALIDATION).outdir;
    const compared = files(outdir);
    const digest = (directory: string, path: string) =>
      createHash('sha256')
        .update(readFileSync(join(directory, path), 'utf-8').replaceAll(directory, ''))
        .digest('hex');

    expect(compared.length).toBeGreaterThan(10);
    expect(compared.filter((path) => digest(outdir, path) !== digest(again, path))).toEqual([]);
    expect(files(again)).toEqual(compared);
  });

  test('keeps every stack under 300 resources', () => {
    const sizes = files(outdir)
      .filter((path) => path.endsWith('.template.json'))
      .map((path) => ({
        path,
        resources: Object.keys(JSON.parse(readFileSync(join(outdir, path), 'utf-8')).Resources).length,
      }));

    expect(sizes.filter(({ resources }) => resources >= 300)).toEqual([]);
  });

  test('gives no two objects of a cluster one name', () => {
    const charts = join(outdir, 'charts');
    const clusters = existsSync(charts) ? readdirSync(charts) : [];
    for (const cluster of clusters) {
      const names = files(join(charts, cluster))
        .filter((path) => path.includes('/files/'))
        .flatMap((path) => parseAllDocuments(readFileSync(join(charts, cluster, path), 'utf-8')))
        .map((document) => document.toJS())
        .map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);

      expect(names.length).toBeGreaterThan(0);
      expect(names).toEqual([...new Set(names)]);
    }
  });

  test('leaves no secret and no token behind', () => {
    for (const path of files(outdir).filter((candidate) => !candidate.startsWith('asset.'))) {
      const text = readFileSync(join(outdir, path), 'utf-8');

      expect(text, path).not.toMatch(/\$\{Token\[/);
      expect(text, path).not.toMatch(/hooks\.slack\.com\/services|BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}/);
    }
  });
});

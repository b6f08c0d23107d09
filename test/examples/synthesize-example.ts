import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

export interface ExampleRun extends SpawnSyncReturns<string> {
  /** The cloud assembly. */
  readonly outdir: string;
}

/**
 * Runs an example as its user would, against the compiled library, in a process of its own.
 *
 * @param name the folder below `examples/`
 * @param environment what is different in the environment of the process
 */
export function synthesizeExample(name: string, environment: NodeJS.ProcessEnv = {}): ExampleRun {
  const outdir = mkdtempSync(join(tmpdir(), `${name}-`));
  const run = spawnSync(join(ROOT, 'node_modules', '.bin', 'tsx'), ['app.ts'], {
    cwd: join(ROOT, 'examples', name),
    encoding: 'utf-8',
    env: { ...process.env, CDK_OUTDIR: outdir, NODE_ENV: '', VITEST: '', ...environment },
  });
  return { ...run, outdir };
}

/** AWS's validator on, with its errors and its warnings failing the synthesis. */
export const STRICT_VALIDATION = {
  CDK_VALIDATION: 'true',
  CDK_CONTEXT_JSON: JSON.stringify({
    '@aws-cdk/core:validateAgainstDefaultRules': true,
    '@aws-cdk/core:strictCfnValidateErrors': true,
  }),
};

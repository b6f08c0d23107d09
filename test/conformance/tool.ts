import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { test } from 'vitest';

const INSTALLED = resolve(__dirname, '../../.tools/bin');

/** The search path of tools: what scripts/install-tools.sh installed comes first. */
export const TOOL_PATH = [INSTALLED, process.env.PATH ?? ''].join(delimiter);

/** Where a tool is, if it is anywhere. */
export function findTool(name: string): string | undefined {
  return TOOL_PATH.split(delimiter)
    .map((directory) => join(directory, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Runs a tool, with the other tools on its path. */
export function runTool(name: string, args: readonly string[], cwd?: string): SpawnSyncReturns<string> {
  const env = { ...process.env, PATH: TOOL_PATH };
  return spawnSync(findTool(name) ?? name, args, { cwd, env, encoding: 'utf-8', maxBuffer: 64 * 1024 * 1024 });
}

/** What a tool printed, when it should have nothing to object. */
export function complaints(name: string, args: readonly string[], cwd?: string): string {
  const { status, stdout, stderr, error } = runTool(name, args, cwd);
  return status === 0 ? '' : `${name} ended with ${error?.message ?? status}\n${stdout}${stderr}`;
}

/** A test that needs a tool. Without the tool it is skipped, and says so; with REQUIRE_TOOLS set it fails instead. */
export function testWith(tool: string, name: string, body: (binary: string) => void | Promise<void>): void {
  const binary = findTool(tool);
  if (binary) {
    test(name, () => body(binary));
    return;
  }
  const missing = `'${tool}' is missing (scripts/install-tools.sh ${tool})`;
  if (process.env.REQUIRE_TOOLS) {
    test(name, () => {
      throw new Error(missing);
    });
    return;
  }
  console.warn(`SKIPPED '${name}': ${missing}`);
  test.skip(name, () => {});
}

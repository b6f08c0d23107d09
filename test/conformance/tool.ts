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

/**
 * A test that needs a tool, or several. If one is missing the test is skipped, and says so; with REQUIRE_TOOLS set it
 * fails instead. The body gets the path of the first tool.
 */
export function testWith(
  tools: string | readonly string[],
  name: string,
  body: (binary: string) => void | Promise<void>,
): void {
  const needed = [tools].flat();
  const absent = needed.filter((tool) => !findTool(tool));
  if (absent.length === 0) {
    test(name, () => body(findTool(needed[0]) as string));
    return;
  }
  const missing = `'${absent.join("', '")}' is missing (scripts/install-tools.sh ${absent.join(' ')})`;
  if (process.env.REQUIRE_TOOLS) {
    test(name, () => {
      throw new Error(missing);
    });
    return;
  }
  console.warn(`SKIPPED '${name}': ${missing}`);
  test.skip(name, () => {});
}

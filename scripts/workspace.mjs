// Brings a clone to the point where its tasks can run. Node alone runs this file, so it imports nothing from npm.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

// Node 20 is the oldest that we support, and the compiler need not remind every user of it
export const ENVIRONMENT = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };

/** Runs a command in the clone and ends the process when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', env: ENVIRONMENT, ...options });
  if (result.error) {
    console.error(`${command}: ${result.error.message}`);
    process.exit(1);
  }
  if (result.status !== 0 && !options.tolerant) {
    process.exit(result.status ?? 1);
  }
  return result;
}

/** The path of a command that npm installed. */
export function bin(name) {
  return join(ROOT, 'node_modules', '.bin', name);
}

/** Installs the dependencies unless they are there, as the lock file has them. */
export function install() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(join(ROOT, 'package-lock.json')).mtimeMs) {
    step('Installing dependencies');
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  }
}

/** Lets the examples import the library by its name, as they would after an installation. */
export function link() {
  const self = join(ROOT, 'node_modules', 'cdk-agentic-platform');
  if (!existsSync(self)) {
    symlinkSync('..', self, 'dir');
  }
}

/** Compiles the library unless the last compilation is newer than every source. */
export function compile() {
  const assembly = join(ROOT, '.jsii');
  const newest = Math.max(modified(join(ROOT, 'src')), modified(join(ROOT, 'package.json')));
  if (!existsSync(assembly) || !existsSync(join(ROOT, 'lib', 'index.js')) || statSync(assembly).mtimeMs < newest) {
    step('Compiling the library');
    run(bin('projen'), ['compile']);
  }
}

/** Tells what happens next, with the seconds since the start. */
export function step(text) {
  console.log(`[${process.uptime().toFixed(0).padStart(3)} s] ${text}`);
}

function modified(path) {
  const stat = statSync(path);
  return stat.isDirectory()
    ? Math.max(stat.mtimeMs, ...readdirSync(path).map((entry) => modified(join(path, entry))))
    : stat.mtimeMs;
}

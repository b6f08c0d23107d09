import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** A repository with the pipeline's files, and programs that only note how they were called. */
export class ScriptSandbox {
  public readonly root = mkdtempSync(join(tmpdir(), 'scripts-'));

  public constructor(files: Record<string, string>) {
    for (const [path, text] of Object.entries(files)) {
      this.write(path, text);
    }
  }

  public write(path: string, text: string, mode = 0o644): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode });
  }

  /**
   * Puts a program in place.
   *
   * @param answers what it prints and does, by the start of its arguments
   */
  public fake(program: string, answers: Record<string, string> = {}): void {
    const cases = Object.entries(answers).map(([start, body]) => `  '${start}'*)\n${body}\n;;`);
    this.write(
      `bin/${program}`,
      `#!/usr/bin/env bash\necho "${program} $*" >> "${this.log}"\ncase "$*" in\n${cases.join('\n')}\n*) ;;\nesac\n`,
      0o755,
    );
  }

  public run(script: string, args: string[], env: Record<string, string> = {}): SpawnSyncReturns<string> {
    const path = [join(this.root, 'bin'), '/usr/bin', '/bin'].join(delimiter);
    return spawnSync('bash', [`ci/${script}`, ...args], {
      cwd: this.root,
      env: { PATH: path, TMPDIR: this.root, ...env },
      encoding: 'utf-8',
    });
  }

  /** What was called, in order. */
  public get calls(): string[] {
    return this.has('calls.log') ? this.read('calls.log').trim().split('\n') : [];
  }

  public has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  public read(path: string): string {
    return readFileSync(join(this.root, path), 'utf-8');
  }

  private get log(): string {
    return join(this.root, 'calls.log');
  }
}

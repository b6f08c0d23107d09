// `npm test`: everything that can be judged with Node and npm alone. The last line counts what ran.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, compile, ENVIRONMENT, install, link, run, step } from './workspace.mjs';

install();
compile();
link();
const args = process.argv.slice(2);
const conformance = args[0] === '--conformance';
step(conformance ? 'Running the conformance suites' : 'Running the core suites');

const directory = mkdtempSync(join(tmpdir(), 'cdk-agentic-platform-'));
const report = join(directory, 'report.json');
const suite = conformance ? ['--config', 'vitest.conformance.config.mts', ...args.slice(1)] : ['--coverage', ...args];
const { status } = run(
  bin('vitest'),
  ['run', ...suite, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  // every synthesis of a test leaves its assembly, with the assets of the chart installer, in the temporary directory
  { tolerant: true, env: { ...ENVIRONMENT, TMPDIR: directory } },
);

let totals = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
try {
  totals = JSON.parse(readFileSync(report, 'utf-8'));
} catch {
  console.error('the test run left no report');
}
rmSync(directory, { recursive: true, force: true });
if (status !== 0 && totals.numFailedTests === 0) {
  // a suite that cannot be loaded, or too little coverage, fails no single test
  console.error(`vitest ended with ${status}, see above`);
}
console.log(
  `${totals.numPassedTests} passed, ${totals.numFailedTests} failed, ${totals.numPendingTests + totals.numTodoTests} skipped`,
);
process.exit(status ?? 1);

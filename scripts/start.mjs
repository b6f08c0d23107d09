// `npm start`: synthesises the quickstart with AWS's own template validation, as strict as it gets, and shows what came out.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { summarize } from './assembly-summary.mjs';
import { bin, compile, install, link, ROOT, step } from './workspace.mjs';

install();
compile();
link();

const example = join(ROOT, 'examples', 'quickstart');
const outdir = join(example, 'cdk.out');
rmSync(outdir, { recursive: true, force: true });
step('Synthesising examples/quickstart and validating its templates');

const { CDK_VALIDATION: _, ...environment } = process.env;
const context = {
  '@aws-cdk/core:validateAgainstDefaultRules': true, // errors of the validator fail the synthesis
  '@aws-cdk/core:strictCfnValidateErrors': true, // so do its warnings
};
const child = spawn(bin('tsx'), ['app.ts'], {
  cwd: example,
  stdio: 'inherit',
  env: { ...environment, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) },
});
const progress = setInterval(() => step('Still at it'), 5_000);
child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('close', (code) => {
  clearInterval(progress);
  if (code !== 0) {
    console.error(`Synthesis failed, see above (exit code ${code})`);
    process.exit(code ?? 1);
  }
  step('Done: no finding of the validator, every evidence check passed');
  console.log(summarize(outdir, (path) => relative(process.cwd(), path)));
});

// `npm start [example]`: synthesises an example, the quickstart by default, with AWS's own template validation, as strict
// as it gets, and shows what came out.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { summarize } from './assembly-summary.mjs';
import { bin, compile, install, link, ROOT, step } from './workspace.mjs';

const [name = 'quickstart'] = process.argv.slice(2);
const example = join(ROOT, 'examples', name);
if (!existsSync(join(example, 'app.ts'))) {
  console.error(`There is no example '${name}', there are: ${readdirSync(join(ROOT, 'examples')).join(', ')}`);
  process.exit(1);
}

install();
compile();
link();

const outdir = join(example, 'cdk.out');
rmSync(outdir, { recursive: true, force: true });
step(`Synthesising examples/${name}`);

const { CDK_VALIDATION: _, ...environment } = process.env;
const context = {
  '@aws-cdk/core:validateAgainstDefaultRules': true, // errors of the validator fail the synthesis
  '@aws-cdk/core:strictCfnValidateErrors': true, // so do its warnings
};
const child = spawn(bin('tsx'), ['app.ts'], {
  cwd: example,
  stdio: 'inherit',
  env: {
    ...environment,
    CDK_APP_MODE: 'process', // findings end up in the exit code, not in a stack trace
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify(context),
  },
});

let announced = 0;
const progress = setInterval(() => {
  const templates = existsSync(outdir) ? readdirSync(outdir).filter((file) => file.endsWith('.template.json')) : [];
  if (templates.length > announced) {
    announced = templates.length;
    step(`Wrote ${announced} templates, validating them`);
  }
}, 200);

child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('close', (code, signal) => {
  clearInterval(progress);
  if (code !== 0) {
    console.error(`Synthesis failed, see above (${signal ?? `exit code ${code}`})`);
    process.exit(code || 1);
  }
  step('Done: no finding of the validator, every check of the evidence passed');
  console.log(summarize(outdir, (path) => relative(process.cwd(), path)));
});

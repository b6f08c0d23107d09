// `npm run bench`: what a synthesis of the whole platform costs, beside the floor of plain resources.
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, install, link, ROOT, step } from './workspace.mjs';

const ENVIRONMENTS = [1, 3, 10];
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);

install();
compile();
link();

const work = mkdtempSync(join(tmpdir(), 'bench-'));
const samples = {};
try {
  for (const count of ENVIRONMENTS) {
    step(`Generating the floor for ${count} environments from our own templates`);
    const outdir = join(work, `platform-${count}`);
    await measure('platform.cjs', [count], outdir);
    const floor = generateFloor(outdir, count);
    const floorOutdir = join(work, `floor-${count}`);
    await measure('floor.cjs', [floor], floorOutdir);
    assertSameResources(outdir, floorOutdir);
  }
  for (let round = 1; round <= ROUNDS; round++) {
    step(`Round ${round} of ${ROUNDS}`);
    for (const count of ENVIRONMENTS) {
      await sample(`platform-${count}`, 'platform.cjs', [count]);
      await sample(`floor-${count}`, 'floor.cjs', [join(work, `floor-${count}.cjs`)]);
    }
    await sample('import', 'import.cjs', []);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
report();

/** Runs one process and resolves with what it used. */
function measure(script, args, outdir) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    let usage;
    const child = fork(join(ROOT, 'bench', script), args.map(String), {
      env: { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' },
    });
    child.on('message', (message) => {
      usage = message;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 && usage
        ? resolve({ ...usage, wall: (performance.now() - start) / 1000 })
        : reject(new Error(`${script} ${args.join(' ')} ended with ${code}`)),
    );
  });
}

async function sample(name, script, args) {
  const outdir = mkdtempSync(join(work, 'out-'));
  samples[name] ??= [];
  samples[name].push(await measure(script, args, outdir));
  rmSync(outdir, { recursive: true, force: true });
}

function stacksOf(outdir) {
  const { artifacts } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf-8'));
  return Object.values(artifacts)
    .filter(({ type }) => type === 'aws:cloudformation:stack')
    .map(({ properties, displayName }) => ({
      stackName: properties.stackName ?? displayName,
      template: JSON.parse(readFileSync(join(outdir, properties.templateFile), 'utf-8')),
    }));
}

function generateFloor(outdir, count) {
  const path = join(work, `floor-${count}.cjs`);
  writeFileSync(path, `module.exports = ${JSON.stringify(stacksOf(outdir))};\n`);
  return path;
}

/** The floor is no floor unless it emits the very same. */
function assertSameResources(ours, floor) {
  const plain = (outdir) =>
    JSON.stringify(
      stacksOf(outdir)
        .sort((a, b) => a.stackName.localeCompare(b.stackName))
        .map(({ stackName, template }) => [
          stackName,
          Object.entries(template.Resources)
            .map(([id, { Metadata: _, ...resource }]) => [id, sorted(resource)])
            .sort(([a], [b]) => a.localeCompare(b)),
        ]),
    );
  if (plain(ours) !== plain(floor)) {
    writeFileSync(join(tmpdir(), 'bench-ours.json'), plain(ours));
    writeFileSync(join(tmpdir(), 'bench-floor.json'), plain(floor));
    throw new Error('the floor must emit the same resources as the platform, see bench-ours.json and bench-floor.json');
  }
}

function sorted(value) {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return value && typeof value === 'object'
    ? Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((key) => [key, sorted(value[key])]),
      )
    : value;
}

function report() {
  const median = (name, key) => {
    const values = samples[name].map((one) => one[key]).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)];
  };
  const rows = ENVIRONMENTS.map((environments) => {
    const [platform, floor] = ['platform', 'floor'].map((variant) => ({
      cpu: median(`${variant}-${environments}`, 'cpu'),
      wall: median(`${variant}-${environments}`, 'wall'),
      rss: median(`${variant}-${environments}`, 'rss'),
    }));
    return { environments, platform, floor, ratio: platform.cpu / floor.cpu };
  });
  const [one, , ten] = rows;
  const result = {
    node: process.version,
    cpu: cpus()[0]?.model,
    rounds: ROUNDS,
    rows,
    cpuPerFurtherEnvironment: (ten.platform.cpu - one.platform.cpu) / (ten.environments - one.environments),
    importMs: { door: median('import', 'doorMs'), platform: median('import', 'platformMs') },
  };

  const previous = previousResult();
  console.log('\nEnvironments  CPU s  floor s  ratio  wall s  floor s  peak MB  floor MB');
  for (const { environments, platform, floor, ratio } of rows) {
    const cells = [platform.cpu, floor.cpu, ratio, platform.wall, floor.wall].map((number) => number.toFixed(2));
    const memory = [platform.rss, floor.rss].map((number) => number.toFixed(0));
    const widths = [12, 5, 7, 5, 6, 7, 7, 8];
    console.log(
      [environments, ...cells, ...memory].map((cell, index) => String(cell).padStart(widths[index])).join('  '),
    );
  }
  console.log(`\nEach further environment: ${result.cpuPerFurtherEnvironment.toFixed(3)} CPU s`);
  const { door, platform } = result.importMs;
  console.log(
    `Import beyond aws-cdk-lib: ${door.toFixed(0)} ms CPU, ${platform.toFixed(0)} ms with AgenticPlatform used`,
  );
  if (previous) {
    const before = previous.rows.map((row) => row.ratio.toFixed(2)).join(' / ');
    console.log(`Ratios now ${rows.map((row) => row.ratio.toFixed(2)).join(' / ')}, in the previous run ${before}`);
  }

  const directory = join(ROOT, 'bench', 'results');
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${new Date().toISOString().replaceAll(':', '-')}.json`);
  writeFileSync(path, `${JSON.stringify(result, undefined, 2)}\n`);
  console.log(`Kept in ${path}`);
}

function previousResult() {
  const directory = join(ROOT, 'bench', 'results');
  const last = existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .at(-1)
    : undefined;
  return last && JSON.parse(readFileSync(join(directory, last), 'utf-8'));
}

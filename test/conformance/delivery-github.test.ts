import { describe, expect } from 'vitest';
import { ScriptSandbox } from '../delivery-pipeline/script-sandbox';
import { BINDINGS, SynthesizedPipeline } from '../delivery-pipeline/synthesized-pipeline';
import { complaints, findTool, runTool, testWith } from './tool';

const WORKFLOW = '.github/workflows/agents-delivery.yml';

const PIPELINES = Object.keys(BINDINGS).flatMap((binding) => [
  { title: `${binding}, with one service`, pipeline: new SynthesizedPipeline(binding) },
  {
    title: `${binding}, with several services`,
    pipeline: new SynthesizedPipeline(binding, {
      services: [{ name: 'api', context: 'services/api' }, { name: 'task-worker' }],
    }),
  },
]);

describe.each(PIPELINES)('a pipeline $title', ({ pipeline }) => {
  const { directory, files } = pipeline;

  // actionlint hands the steps' scripts to shellcheck, if that is there
  testWith('actionlint', 'has a workflow that actionlint finds nothing in', () => {
    expect(complaints('actionlint', ['-no-color', WORKFLOW], directory)).toBe('');
  });

  testWith('zizmor', 'has a workflow that zizmor finds nothing in', () => {
    const args = ['--offline', '--no-config', '--persona=auditor', '--color=never', '--no-progress', WORKFLOW];

    expect(complaints('zizmor', args, directory)).toBe('');
  });

  testWith('shellcheck', 'has scripts that shellcheck finds nothing in', () => {
    const scripts = Object.keys(files).filter((path) => path.endsWith('.sh'));

    expect(complaints('shellcheck', ['--color=never', ...scripts], directory)).toBe('');
  });
});

testWith('actionlint', 'actionlint would object to a job that needs an unknown one', () => {
  const box = new ScriptSandbox(PIPELINES[0].pipeline.files);
  box.write(WORKFLOW, box.read(WORKFLOW).replace('- verify', '- nobody'));

  expect(complaints('actionlint', ['-no-color', WORKFLOW], box.root)).toContain('nobody');
});

testWith('zizmor', 'zizmor would object to an action that is not pinned', () => {
  const box = new ScriptSandbox(PIPELINES[0].pipeline.files);
  box.write(WORKFLOW, box.read(WORKFLOW).replace(/(actions\/checkout)@\w+/, '$1@v7'));

  const args = ['--offline', '--no-config', '--color=never', '--no-progress', WORKFLOW];
  expect(complaints('zizmor', args, box.root)).toContain('unpinned-uses');
});

const CHART = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: agents\nversion: 1.0.0\n',
  'chart/values.yaml': 'image:\n  repository: ""\n  digest: ""\n',
  'chart/templates/config.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: agents\ndata:\n' +
    '  image: "{{ required "repository" .Values.image.repository }}@{{ required "digest" .Values.image.digest }}"\n',
};

describe.each(['helm3', 'helm4'])('%s', (helm) => {
  testWith(helm, 'knows every flag of the deployment', () => {
    const box = new ScriptSandbox({ ...PIPELINES[2].pipeline.files, ...CHART });
    box.fake('aws', { 'sts get-caller-identity': 'echo 111111111111' });
    box.fake('helm', {
      version: `'${findTool(helm)}' "$@"`,
      status: "echo 'STATUS: pending-upgrade'",
      history: "printf '1\\tMon Oct  5 08:00:00 2026\\tdeployed\\tagents-1\\n'",
      test: 'exit 1',
    });
    box.run('deploy.sh', ['agents', 'staging', `agents=sha256:${'ab'.repeat(32)}`]);

    const calls = box.calls.filter((call) => call.startsWith('helm ')).map((call) => call.split(' ').slice(1));

    expect(new Set(calls.map(([command]) => command))).toEqual(
      new Set(['version', 'status', 'history', 'rollback', 'upgrade', 'test']),
    );
    for (const call of [...calls, ['uninstall', 'agents', '--namespace', 'agents', '--wait', '--timeout', '10m']]) {
      // flags are read before help is given
      expect(runTool(helm, [...call, '--help']).stderr).toBe('');
    }
  });

  testWith(helm, 'lints a chart with the values of every environment', () => {
    const box = new ScriptSandbox({ ...PIPELINES[2].pipeline.files, ...CHART });
    box.write('bin/helm', `#!/usr/bin/env bash\nexec '${findTool(helm)}' "$@"\n`, 0o755);

    expect(box.run('chart.sh', ['agents'])).toMatchObject({ status: 0, stderr: '' });

    box.write('chart/values.testing.yaml', 'image: [');
    expect(box.run('chart.sh', ['agents']).status).not.toBe(0);
  });
});

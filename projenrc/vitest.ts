import { Component, TextFile, type typescript } from 'projen';

/**
 * Tests run by vitest.
 *
 * Writes two configurations: `vitest.config.mts` for the core suites, which need nothing but npm packages, and
 * `vitest.conformance.config.mts` for the suites that call tools from outside. Adds the `conformance` task.
 */
export class Vitest extends Component {
  public constructor(project: typescript.TypeScriptProject) {
    super(project);
    project.addDevDeps('vitest@~4.1.12', '@vitest/coverage-v8@~4.1.12');

    this.config('vitest.config.mts', "['test/**/*.test.ts']", "['test/conformance/**']", 60_000, [
      '    coverage: {',
      "      include: ['src/**'],",
      "      exclude: ['src/**/index.ts'],",
      "      reporter: ['text-summary', 'html'],",
      '      thresholds: { lines: 90, functions: 90, statements: 90, branches: 85 },',
      '    },',
    ]);
    this.config('vitest.conformance.config.mts', "['test/conformance/**/*.test.ts']", '[]', 600_000, [
      '    fileParallelism: false,',
    ]);

    project.testTask.prependExec('node scripts/test.mjs', { receiveArgs: true });
    project.addTask('conformance', {
      description: 'Run the suites that need tools from outside npm (see scripts/install-tools.sh)',
      exec: 'node scripts/test.mjs --conformance',
      receiveArgs: true,
    });
    project.gitignore.exclude('/coverage/', '/.tools/');
    project.addPackageIgnore('/coverage/');
    project.addPackageIgnore('/.tools/');
    project.addPackageIgnore('/vitest.*.mts');
  }

  private config(path: string, include: string, exclude: string, timeout: number, extra: string[]): void {
    const file = new TextFile(this.project, path);
    const lines = [
      `// ${file.marker}`,
      "import { defineConfig } from 'vitest/config';",
      "import { hoistRequires } from './test/hoist-requires.mjs';",
      '',
      'export default defineConfig({',
      '  plugins: [hoistRequires()],',
      '  test: {',
      `    include: ${include},`,
      `    exclude: ${exclude},`,
      // the template validation of aws-cdk-lib costs three seconds in each test file; one suite turns it on
      "    env: { CDK_VALIDATION: 'false', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },",
      `    testTimeout: ${timeout},`,
      `    hookTimeout: ${timeout},`,
      ...extra,
      '  },',
      '});',
    ];
    for (const line of lines) {
      file.addLine(line);
    }
  }
}

import { Component, type typescript } from 'projen';

/** What a user of the clone runs, and what belongs to the package. */
export class LibraryTasks extends Component {
  public constructor(project: typescript.TypeScriptProject) {
    super(project);

    // plain node scripts, so that they work before anything is installed
    project.setScript('start', 'node scripts/start.mjs');
    project.setScript('test', 'node scripts/test.mjs');
    project.setScript('bench', 'node scripts/bench.mjs');

    project.compileTask.exec('node scripts/lazy-index.mjs');

    // every code sample in the README and in a doc comment is compiled
    project.postCompileTask.exec('jsii-rosetta extract --strict');

    // the packages for other languages need their toolchains: `projen package-all` makes them
    project.packageTask.reset('jsii-pacmak -v --target js');

    const env = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
    for (const [name, value] of Object.entries(env)) {
      project.tasks.addEnvironment(name, value);
    }

    for (const path of ['/bench/results/', 'cdk.out', '*.tabl.json', '*.tsbuildinfo']) {
      project.gitignore.exclude(path);
    }
    for (const room of ['examples', 'rosetta', 'bench', 'scripts', 'projenrc', '.ci']) {
      project.addPackageIgnore(`/${room}/`);
    }
    project.addPackageIgnore('.jsii.tabl.json');
    project.addPackageIgnore('cdk.out');
  }
}

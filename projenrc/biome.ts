import { Component, javascript, type typescript } from 'projen';

/** Formatting and linting by Biome, over everything that we write by hand. */
export class Biome extends Component {
  public constructor(project: typescript.TypeScriptProject) {
    super(project);
    const biome = new javascript.Biome(project, {
      // the newest whose binaries are published for every platform
      version: '2.5.15',
      biomeConfig: {
        formatter: { indentStyle: javascript.biome_config.IndentStyle.SPACE, lineWidth: 120 },
        javascript: { formatter: { quoteStyle: javascript.biome_config.QuoteStyle.SINGLE } },
      },
    });
    for (const room of ['src', 'test', 'examples', 'projenrc', 'bench', 'scripts']) {
      biome.addFilePattern(`${room}/**`);
    }
    biome.addFilePattern('.projenrc.ts');
    project.addPackageIgnore('/biome.jsonc');
  }
}

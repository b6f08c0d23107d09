import { awscdk, javascript, typescript } from 'projen';
import { Biome } from './projenrc/biome';
import { LibraryTasks } from './projenrc/library-tasks';
import { Vitest } from './projenrc/vitest';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-agentic-platform',
  description: 'The pre-production infrastructure of an agentic system on AWS, from a few lines of CDK.',
  author: 'The cdk-agentic-platform authors',
  authorAddress: 'maintainers@cdk-agentic-platform.example',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-agentic-platform/cdk-agentic-platform.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk-agentic-platform authors',
  keywords: ['aws', 'cdk', 'cdk8s', 'eks', 'kubernetes', 'platform', 'agents'],
  majorVersion: 0,
  defaultReleaseBranch: 'main',

  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),
  minNodeVersion: '20.19.0',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0',
  cdkVersion: '2.276.0',
  constructsVersion: '10.8.1',
  peerDeps: ['cdk8s@^2.70.106', 'cdk8s-plus-28@^2.5.6', '@aws-cdk/lambda-layer-kubectl-v36@^2.0.1'],
  bundledDeps: ['yaml@^2.9.0'],
  devDeps: [
    'cdk8s@2.70.106',
    'cdk8s-plus-28@2.5.6',
    '@aws-cdk/lambda-layer-kubectl-v36@2.0.1',
    'aws-cdk@2.1148.1',
    'cdk-nag@3.0.2',
    '@types/node@20.19.43',
  ],
  publishToPypi: { distName: 'cdk-agentic-platform', module: 'cdk_agentic_platform' },
  publishToMaven: {
    javaPackage: 'io.github.cdkagenticplatform',
    mavenGroupId: 'io.github.cdkagenticplatform',
    mavenArtifactId: 'cdk-agentic-platform',
  },
  publishToNuget: { dotNetNamespace: 'CdkAgenticPlatform', packageId: 'CdkAgenticPlatform' },
  publishToGo: {
    moduleName: 'github.com/cdk-agentic-platform/cdk-agentic-platform-go',
    packageName: 'agenticplatform',
  },

  github: false,
  release: false,
  depsUpgrade: false,
  sampleCode: false,
  jest: false,
  eslint: false,
  typecheckTests: true,
  tsconfigDev: {
    compilerOptions: { allowJs: true },
    include: [
      '../examples/**/*.ts',
      '../projenrc/**/*.ts',
      '../.projenrc.ts',
      '../bench/**/*.ts',
      '../scripts/**/*.ts',
    ],
  },
});

new Biome(project);
new Vitest(project);
new LibraryTasks(project);

project.synth();

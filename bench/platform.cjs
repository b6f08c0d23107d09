// One synthesis of the whole platform, in a process of its own: node platform.cjs <environments>
const { App } = require('aws-cdk-lib');
const { AgenticPlatform, NotificationChannel, PlatformEnvironment, SourceRepository } = require('..');
const { finish } = require('./usage.cjs');

const count = Number(process.argv[2]);
const presets = [PlatformEnvironment.development(), PlatformEnvironment.testing(), PlatformEnvironment.staging()];
const environments = Array.from(
  { length: count },
  (_, index) => presets[index] ?? PlatformEnvironment.of(`env-${index}`),
);

const app = new App();
new AgenticPlatform(app, 'Bench', {
  source: SourceRepository.github('acme/agents'),
  notify: [NotificationChannel.email('platform@acme.example')],
  environments,
});
app.synth();
finish();

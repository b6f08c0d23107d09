import { App } from 'aws-cdk-lib';
import { AgenticPlatform, NotificationChannel, SourceRepository } from 'cdk-agentic-platform';

const app = new App();

new AgenticPlatform(app, 'Acme', {
  source: SourceRepository.github('acme/agents'),
  notify: [NotificationChannel.email('platform@acme.example')],
});

app.synth();

import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DeliveryModel } from './delivery-model';
import { ACTIONS_2026_08 } from './github/action-catalog';
import { deliveryWorkflow } from './github/delivery-workflow';
import { workflowYaml } from './github/workflow-yaml';
import { BUILD_SCRIPT } from './scripts/build-script';
import { CHART_SCRIPT } from './scripts/chart-script';
import { DEPLOY_SCRIPT } from './scripts/deploy-script';
import { factsScript } from './scripts/facts-script';
import { HELM_SCRIPT } from './scripts/helm-script';
import { LOGIN_SCRIPT } from './scripts/login-script';
import { NOTIFY_SCRIPT } from './scripts/notify-script';
import { GENERATED } from './scripts/script';
import { TEST_SCRIPT } from './scripts/test-script';
import { setupGuide } from './setup-guide';

/** The files of one pipeline, the same for the same model. */
export class DeliveryFiles {
  public constructor(private readonly model: DeliveryModel) {}

  /** Writes the files below a cloud assembly. */
  public write(assemblyDirectory: string): void {
    for (const [path, text] of this.all) {
      const file = join(assemblyDirectory, 'delivery', this.model.application, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      chmodSync(file, path.endsWith('.sh') ? 0o755 : 0o644);
    }
  }

  /** The text of each file by its path: what belongs in the repository, the manifest of it, and how to set it up. */
  public get all(): ReadonlyMap<string, string> {
    const repository = this.repositoryFiles;
    return new Map([
      ...repository,
      ['manifest.json', this.manifest(repository)],
      ['README.md', setupGuide(this.model)],
    ]);
  }

  private get repositoryFiles(): ReadonlyMap<string, string> {
    const { application, environments } = this.model;
    const scripts = {
      'build.sh': BUILD_SCRIPT,
      'chart.sh': CHART_SCRIPT,
      'deploy.sh': DEPLOY_SCRIPT,
      'helm.sh': HELM_SCRIPT,
      'login.sh': LOGIN_SCRIPT,
      ...(environments.some(({ topicParameter }) => topicParameter) && { 'notify.sh': NOTIFY_SCRIPT }),
      'test.sh': TEST_SCRIPT,
      [`${application}-delivery.sh`]: factsScript(this.model),
    };
    return new Map([
      [`.github/workflows/${application}-delivery.yml`, this.workflow],
      ...Object.entries(scripts).map(([name, text]): [string, string] => [`ci/${name}`, text]),
    ]);
  }

  private get workflow(): string {
    return workflowYaml(deliveryWorkflow(this.model, ACTIONS_2026_08), [GENERATED, `Model: sha256:${this.digest}`]);
  }

  private get digest(): string {
    return sha256(JSON.stringify(this.model));
  }

  private manifest(files: ReadonlyMap<string, string>): string {
    const manifest = {
      sha256: this.digest,
      model: this.model,
      files: Object.fromEntries([...files].map(([path, text]) => [path, { sha256: sha256(text) }])),
    };
    return `${JSON.stringify(manifest, undefined, 2)}\n`;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

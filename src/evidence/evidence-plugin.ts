import { join } from 'node:path';
import type { IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Stage } from 'aws-cdk-lib';
import type { Evidence } from './evidence';
import { EvidenceReport, type EvidenceRow } from './evidence-report';
import { SynthesizedAssembly } from './synthesized-assembly';

/** Runs the checks of a stage once its templates are written, and leaves the evidence beside them. */
export class EvidencePlugin implements IPolicyValidationPlugin {
  public readonly name = 'cdk-agentic-platform-evidence';

  public constructor(
    private readonly evidence: Evidence,
    private readonly stage: Stage,
  ) {}

  public validate(): PolicyValidationPluginReport {
    const assembly = new SynthesizedAssembly(this.stage.outdir);
    const rows = this.evidence.claims.map(({ requirement, construct, check }): EvidenceRow => {
      const finding = check.run(assembly);
      return { requirement, construct: construct.node.path, statement: check.statement, finding };
    });
    new EvidenceReport(rows).write(join(this.stage.outdir, 'evidence'));

    const failed = rows.filter((row) => !row.finding.passed);
    return { success: failed.length === 0, violations: failed.map((row) => this.violation(row)) };
  }

  private violation({ requirement, construct, statement, finding }: EvidenceRow): PolicyViolation {
    return {
      ruleName: requirement.id,
      severity: 'error',
      description: `${statement}: expected ${finding.expected}, found ${finding.actual}, at ${finding.subject}`,
      fix: 'set the property back, or remove the override that changed it',
      violatingResources: [
        {
          constructPath: construct,
          resourceLogicalId: finding.logicalId,
          templatePath: finding.templateFile && join(this.stage.outdir, finding.templateFile),
          locations: [finding.subject],
        },
      ],
    };
  }
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './check';
import { REQUIREMENTS, type Requirement } from './requirement';

/** One claim with what its check found. */
export interface EvidenceRow {
  readonly requirement: Requirement;
  readonly construct: string;
  readonly statement: string;
  readonly finding: Finding;
}

type Verdict = 'passed' | 'failed' | 'not claimed';

/** The traceability of one synthesis: requirement, construct, resource, check, result. */
export class EvidenceReport {
  public constructor(private readonly rows: readonly EvidenceRow[]) {}

  /** Writes `evidence.json` for machines and `evidence.md` for people. */
  public write(directory: string): void {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'evidence.json'), `${JSON.stringify(this.toJson(), undefined, 2)}\n`);
    writeFileSync(join(directory, 'evidence.md'), this.toMarkdown());
  }

  private toJson() {
    return {
      requirements: this.requirements().map((requirement) => ({
        id: requirement.id,
        title: requirement.title,
        result: this.verdict(requirement),
        checks: this.of(requirement).map(({ construct, statement, finding }) => ({
          statement,
          construct,
          subject: finding.subject,
          expected: finding.expected,
          actual: finding.actual,
          result: finding.passed ? 'passed' : 'failed',
        })),
      })),
    };
  }

  private toMarkdown(): string {
    const lines = ['# Evidence', '', '| Requirement | | Checks | Result |', '|---|---|---|---|'];
    for (const requirement of this.requirements()) {
      const { id, title } = requirement;
      lines.push(`| ${id} | ${title} | ${this.of(requirement).length} | ${this.verdict(requirement)} |`);
    }
    lines.push(
      '',
      'The checks read the synthesized templates and charts. They do not show what is deployed today, and a requirement',
      'counts as passed when every claim made for it holds, not when nothing more could be claimed.',
    );
    for (const requirement of this.requirements().filter((candidate) => this.of(candidate).length > 0)) {
      lines.push('', `## ${requirement.id}: ${requirement.title}`, '');
      lines.push('| Claim | Construct | Looked at | Expected | Found | Result |', '|---|---|---|---|---|---|');
      for (const { statement, construct, finding } of this.of(requirement)) {
        const cells = [statement, construct, finding.subject, finding.expected, finding.actual];
        const result = finding.passed ? 'passed' : 'FAILED';
        lines.push(`| ${[...cells.map((cell) => cell.replaceAll('|', '\\|')), result].join(' | ')} |`);
      }
    }
    return `${lines.join('\n')}\n`;
  }

  /** The catalogue first, then what users claimed of their own. */
  private requirements(): Requirement[] {
    return [...new Set([...REQUIREMENTS, ...this.rows.map((row) => row.requirement)])];
  }

  private of(requirement: Requirement): readonly EvidenceRow[] {
    return this.rows.filter((row) => row.requirement === requirement);
  }

  private verdict(requirement: Requirement): Verdict {
    const rows = this.of(requirement);
    if (rows.length === 0) {
      return 'not claimed';
    }
    return rows.every((row) => row.finding.passed) ? 'passed' : 'failed';
  }
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { SynthesizedAssembly } from './synthesized-assembly';
import type { SynthesizedTemplate } from './synthesized-template';

/** One environment as the handbook describes it. */
export interface HandbookEnvironment {
  readonly name: string;
  /** Network, cluster and databases. */
  readonly stack: Stack;
  readonly observability: Stack;
  /** The stack of its network, when that is another one. */
  readonly networkStack?: Stack;
}

/** What the handbook is about. */
export interface HandbookProps {
  readonly platform: string;
  readonly environments: readonly HandbookEnvironment[];
  /** What all environments need first. */
  readonly shared: readonly Stack[];
}

/** The operator's handbook, written from the synthesized templates, so that it cannot say what is not deployed. */
export class Handbook {
  public constructor(private readonly props: HandbookProps) {}

  /** Writes `handbook/<platform>/README.md` into the assembly. */
  public write(assemblyDirectory: string): void {
    const directory = join(assemblyDirectory, 'handbook', this.props.platform);
    mkdirSync(directory, { recursive: true });
    const assembly = new SynthesizedAssembly(assemblyDirectory);
    const { platform, environments } = this.props;
    const lines = [
      `# Handbook of ${platform}`,
      '',
      ...this.firstSteps(),
      ...environments.flatMap((environment) => [
        `## ${environment.name}`,
        '',
        ...network(environment, assembly),
        ...backups(assembly.template(environment.stack)),
      ]),
    ];
    writeFileSync(join(directory, 'README.md'), `${lines.join('\n').trimEnd()}\n`);
  }

  private firstSteps(): string[] {
    const { environments, shared } = this.props;
    const stacks = [...shared, ...environments.flatMap(({ stack, observability }) => [stack, observability])];
    return [
      '## First steps',
      '',
      `1. Deploy the stacks in this order: ${stacks.map((stack) => `\`${stack.stackName}\``).join(', ')}.`,
      '2. Confirm the subscription that AWS sends to each email address; nothing is announced before that.',
      '3. Follow the set-up list beside the pipeline files in `../../delivery/`, then copy them into the repository.',
      '4. Read `../../evidence/evidence.md`: which requirement is shown by which resource.',
      '',
      'The API endpoints of the clusters are private: `kubectl` works from inside the VPC, for people with an access entry.',
      '',
    ];
  }
}

function network({ name, stack, networkStack = stack }: HandbookEnvironment, assembly: SynthesizedAssembly): string[] {
  const template = assembly.template(stack);
  const networkTemplate = assembly.template(networkStack);
  // a shared network holds the parts of other environments too
  const own = (type: string) =>
    networkTemplate.ofType(type).filter(({ properties }) => (tag(properties.Tags, 'environment') ?? name) === name);
  const vpc = networkTemplate.ofType('AWS::EC2::VPC').map(({ properties }) => text(properties.CidrBlock));
  const clusters = template.ofType('AWS::EKS::Cluster').map(({ properties }) => {
    const { Name, Version, ResourcesVpcConfig } = properties as Record<string, Record<string, unknown>>;
    const endpoint = ResourcesVpcConfig?.EndpointPublicAccess === false ? 'private' : 'public';
    return `\`${text(Name)}\` (Kubernetes ${text(Version)}, ${endpoint} endpoint)`;
  });
  const rows = own('AWS::EC2::Subnet').map(({ logicalId, properties }) => [
    tag(properties.Tags, 'aws-cdk:subnet-name') ?? logicalId,
    text(properties.CidrBlock),
    tag(properties.Tags, 'aws-cdk:subnet-type') ?? 'unknown',
  ]);
  const gateways = own('AWS::EC2::NatGateway').length;
  const place =
    vpc.length === 0
      ? 'A VPC that was there already'
      : `VPC ${vpc.join(', ')}; ${gateways} NAT gateway${gateways === 1 ? '' : 's'}`;
  return [
    '### Network',
    '',
    `${place}; cluster ${clusters.join(', ')}.`,
    '',
    ...table(['Subnet', 'Range', 'Kind'], rows),
    ...table(['Security group', 'Lets in', 'Port', 'Why'], ingressOf(template)),
  ];
}

function ingressOf(template: SynthesizedTemplate): string[][] {
  return template.ofType('AWS::EC2::SecurityGroupIngress').map(({ properties }) => {
    const { GroupId, SourceSecurityGroupId, CidrIp, FromPort, Description } = properties as Record<string, unknown>;
    return [text(GroupId), text(SourceSecurityGroupId ?? CidrIp), text(FromPort), text(Description)];
  });
}

function backups(template: SynthesizedTemplate): string[] {
  const stores = [...template.ofType('AWS::RDS::DBInstance'), ...template.ofType('AWS::DocDB::DBCluster')].map(
    ({ logicalId, type, properties }) => [
      logicalId,
      type,
      `any second of the last ${text(properties.BackupRetentionPeriod)} days`,
      `${text(properties.PreferredBackupWindow)} UTC`,
    ],
  );
  const rules = template.ofType('AWS::Backup::BackupPlan').flatMap(({ properties }) => {
    const plan = properties as { BackupPlan?: { BackupPlanRule?: Record<string, never>[] } };
    return (plan.BackupPlan?.BackupPlanRule ?? []).map((rule) => [
      text(rule.RuleName),
      text(rule.ScheduleExpression),
      `${text((rule.Lifecycle as Record<string, unknown> | undefined)?.DeleteAfterDays)} days`,
    ]);
  });
  return [
    '### Backups',
    '',
    ...table(['Store', 'Kind', 'Restore to', 'Daily at'], stores),
    ...table(['Rule in the backup vault', 'Schedule', 'Kept'], rules),
    'Restore into a new store with `aws rds restore-db-instance-to-point-in-time` or',
    '`aws docdb restore-db-cluster-to-point-in-time`, compare, then switch the services over.',
    '',
  ];
}

function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return rows.length === 0 ? [] : [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

function text(value: unknown): string {
  return typeof value === 'object' ? `\`${JSON.stringify(value)}\`` : String(value ?? 'not set');
}

function tag(tags: unknown, key: string): string | undefined {
  return (tags as { Key: string; Value: string }[] | undefined)?.find((candidate) => candidate.Key === key)?.Value;
}

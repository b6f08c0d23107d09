import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Accepts findings of cdk-nag's AwsSolutions pack on a construct and what is below it.
 *
 * @param construct whose findings they are
 * @param reason why they are right as they are
 * @param findings the findings without the name of the pack, for instance `IAM4[Policy::...]`
 */
export function acknowledge(construct: IConstruct, reason: string, ...findings: string[]): void {
  Validations.of(construct).acknowledge(
    ...findings.map((finding) => ({ id: `AwsSolutions::AwsSolutions-${finding}`, reason })),
  );
}

/** The finding for a policy that AWS maintains. */
export function managedPolicy(name: string): string {
  return `IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`;
}

/** The finding for a resource with a wildcard, in the way in which cdk-nag writes references. */
export function wildcardResource(scope: IConstruct, arn: string): string {
  return `IAM5[Resource::${flatten(Stack.of(scope).resolve(arn))}]`;
}

function flatten(value: unknown): string {
  if (typeof value === 'string') {
    return value.replaceAll('${', '<').replaceAll('}', '>');
  }
  const [[name, operand]] = Object.entries(value as Record<string, unknown>);
  switch (name) {
    case 'Fn::Join': {
      const [delimiter, parts] = operand as [string, unknown[]];
      return parts.map(flatten).join(delimiter);
    }
    case 'Fn::GetAtt':
      return `<${(operand as string[]).join('.')}>`;
    case 'Fn::Sub':
      return flatten(operand);
    case 'Ref':
      return `<${operand}>`;
    default:
      return JSON.stringify(value);
  }
}

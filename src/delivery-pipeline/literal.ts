import { Token } from 'aws-cdk-lib';

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const RELATIVE_PATH = /^(?![-/])(?!(.*\/)?\.\.(\/|$))[\w./-]+$/;

/**
 * Checks a value that ends up in pipeline files. These are read outside of CloudFormation, so it must be known at
 * synthesis.
 */
export function literal(prop: string, value: string, form: RegExp, rule: string): string {
  if (Token.isUnresolved(value)) {
    throw new Error(`'${prop}' must be a literal, as pipeline files cannot hold tokens`);
  }
  if (!form.test(value)) {
    throw new Error(`'${prop}' must be ${rule}, got '${value}'`);
  }
  return value;
}

/** Checks a name that becomes part of other names everywhere: in Kubernetes, in AWS and in a workflow. */
export function dnsLabel(prop: string, value: string): string {
  return literal(prop, value, DNS_LABEL, 'a DNS label (at most 63 lower-case letters, digits and inner dashes)');
}

/** Checks a path below the root of the repository. */
export function relativePath(prop: string, value: string): string {
  return literal(prop, value, RELATIVE_PATH, 'a relative path of letters, digits, dots, dashes and underscores');
}

/** Fails when a value occurs twice. */
export function unique(prop: string, values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) {
    throw new Error(`'${prop}' must be unique, got '${twice}' twice`);
  }
}

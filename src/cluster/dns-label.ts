import { Token } from 'aws-cdk-lib';

/**
 * Fails unless a text can name a Kubernetes namespace or object.
 *
 * @param prop the prop that the error names
 */
export function assertDnsLabel(prop: string, text: string): void {
  if (!Token.isUnresolved(text) && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text)) {
    throw new Error(
      `'${prop}' must be a DNS label (lower case letters, digits and inner hyphens, at most 63), got '${text}'`,
    );
  }
}

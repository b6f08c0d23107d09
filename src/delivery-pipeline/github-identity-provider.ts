import { type Stack, Stage, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { GITHUB_ISSUER } from './github-trust';
import { Place } from './place';

const KNOWN = new WeakMap<IConstruct, Map<string, iam.IOidcProvider>>();

/**
 * The provider of GitHub's identities. An account can have only one, so all pipelines of an assembly share it.
 *
 * Stacks whose account synth does not know count as one account.
 */
export class GitHubIdentityProvider {
  /**
   * The provider in the account of a stack; the first stack to ask for it holds it.
   *
   * @param stack a stack of the account
   * @param existing the provider, if the account has one already
   */
  public static in(stack: Stack, existing?: iam.IOidcProvider): iam.IOidcProvider {
    const assembly = Stage.of(stack) ?? stack;
    const providers = KNOWN.get(assembly) ?? new Map<string, iam.IOidcProvider>();
    KNOWN.set(assembly, providers);

    const account = Token.isUnresolved(stack.account) ? 'unknown' : stack.account;
    const provider = existing ?? providers.get(account) ?? GitHubIdentityProvider.create(stack);
    providers.set(account, provider);
    return provider;
  }

  private static create(stack: Stack): iam.IOidcProvider {
    return new iam.OidcProviderNative(stack, 'GitHubIdentityProvider', {
      url: `https://${GITHUB_ISSUER}`,
      clientIds: [new Place(Place.ofStack('identity', stack)).audience],
    });
  }

  private constructor() {}
}

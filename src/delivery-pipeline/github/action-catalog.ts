/** An action at one commit: a tag can be moved to other code, a commit cannot. */
export interface PinnedAction {
  readonly name: string;
  /** The tag that led to the commit when it was pinned. */
  readonly version: string;
  readonly commit: string;
}

/** The third-party actions that workflows use. */
export interface ActionCatalog {
  readonly checkout: PinnedAction;
  readonly credentials: PinnedAction;
  readonly buildx: PinnedAction;
  readonly trivy: PinnedAction;
}

/** The pins of August 2026. Newer pins are a new catalog. */
export const ACTIONS_2026_08: ActionCatalog = {
  checkout: {
    name: 'actions/checkout',
    version: 'v7.0.1',
    commit: '3d3c42e5aac5ba805825da76410c181273ba90b1',
  },
  credentials: {
    name: 'aws-actions/configure-aws-credentials',
    version: 'v6.2.3',
    commit: 'e6de054238d6b7531b4efff3b6587d9aade6a06c',
  },
  buildx: {
    name: 'docker/setup-buildx-action',
    version: 'v4.3.0',
    commit: '37fe631027851001ddb9b187196cc803df7f5f0e',
  },
  trivy: {
    name: 'aquasecurity/trivy-action',
    version: 'v0.36.0',
    commit: 'ed142fd0673e97e23eac54620cfb913e5ce36c25',
  },
};

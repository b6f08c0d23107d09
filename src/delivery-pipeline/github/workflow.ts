import type { PinnedAction } from './action-catalog';

/**
 * A workflow of GitHub Actions, as far as we use its language.
 *
 * What should never be left out cannot be: every job has its time limit and its permissions, every action its commit.
 */
export interface Workflow {
  readonly name: string;
  /** Runs on a push to this branch, on a pull request to it, and by hand. */
  readonly branch: string;
  readonly concurrency: Concurrency;
  readonly jobs: readonly Job[];
}

export interface Concurrency {
  readonly group: string;
  readonly cancelInProgress: boolean | string;
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly condition?: string;
  readonly needs?: readonly string[];
  readonly environment?: string;
  /** The label of the runner; a machine of GitHub if left out. */
  readonly runsOn?: string;
  readonly permissions: readonly Permission[];
  readonly concurrency?: Concurrency;
  readonly timeoutMinutes: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** One permission of the workflow's token, and what it is for. */
export interface Permission {
  readonly scope: 'contents' | 'id-token';
  readonly access: 'read' | 'write';
  readonly reason: string;
}

export type Step = ActionStep | ScriptStep;

interface AnyStep {
  readonly name: string;
  readonly id?: string;
  readonly condition?: string;
  readonly continueOnError?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface ActionStep extends AnyStep {
  readonly uses: PinnedAction;
  readonly with?: Readonly<Record<string, string | boolean | number>>;
}

export interface ScriptStep extends AnyStep {
  /** Must hold no expression: values come in by `env`, so that they cannot become code. */
  readonly run: string;
}

/** Machines of GitHub, new for each job. */
export const HOSTED_RUNNER = 'ubuntu-24.04';
export const READ_CONTENTS: Permission = { scope: 'contents', access: 'read', reason: 'to check the repository out' };
export const ASSUME_ROLE: Permission = { scope: 'id-token', access: 'write', reason: 'to assume the role in AWS' };

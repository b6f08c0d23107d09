import type { Duration } from 'aws-cdk-lib';

/** How urgent an alert is; decides who hears of it, and how often. */
export enum AlertSeverity {
  /** Users are harmed, or soon will be: somebody acts now. */
  CRITICAL = 'critical',
  /** Somebody looks at it during working hours. */
  WARNING = 'warning',
  /** Context for other alerts; nobody is told. */
  INFO = 'info',
  /** Not a fault: the signal shows that alerting itself works. */
  NONE = 'none',
}

/** Other alerts that only repeat what this one says. */
export interface MutedAlerts {
  /** The names of the alerts. */
  readonly alerts: readonly string[];
  /** The labels, beside `cluster`, that must be equal for it. */
  readonly withSame: readonly string[];
}

/** A condition that somebody should know of, independent of what watches for it. */
export interface Alert {
  /** Unique among all alerts, in CamelCase. */
  readonly name: string;
  /** One line; may name labels as `{{ $labels.pod }}`. */
  readonly summary: string;
  /** The PromQL expression; the alert fires for every series that it returns. */
  readonly expression: string;
  /** How long the condition must hold; at once when left out. */
  readonly pending?: Duration;
  readonly severity: AlertSeverity;
  /** What is the case. */
  readonly meaning: string;
  /** What it harms. */
  readonly impact: string;
  /** What to do, in order. */
  readonly firstSteps: readonly string[];
  /** Labels beside the severity. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly mutes?: MutedAlerts;
}

/** A series that is computed once, for alerts and dashboards. */
export interface RecordingRule {
  /** The name of the series, as `level:metric:operation`. */
  readonly name: string;
  /** The PromQL expression. */
  readonly expression: string;
}

/** Alerts of one theme, evaluated together, after the series that they use. */
export interface AlertGroup {
  /** The theme; names the object on the cluster. */
  readonly name: string;
  readonly recordingRules?: readonly RecordingRule[];
  readonly alerts: readonly Alert[];
}

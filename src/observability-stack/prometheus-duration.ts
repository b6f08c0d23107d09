import type { Duration } from 'aws-cdk-lib';

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
];

/** A duration as Prometheus writes it, in the largest unit that holds it exactly: `15d`, `36h`, `90s`. */
export function prometheusDuration(duration: Duration): string {
  const seconds = duration.toSeconds();
  const [unit, size] = UNITS.find(([, candidate]) => seconds % candidate === 0) ?? ['s', 1];
  return `${seconds / size}${unit}`;
}

import { type Duration, type Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { prometheusDuration } from '../prometheus-duration';

/** How long metrics are kept, as Prometheus writes it. */
export function retentionOf(metricsRetention: Duration): string {
  if (metricsRetention.isUnresolved()) {
    throw new Error("'metricsRetention' must be literal, got a token");
  }
  if (metricsRetention.toDays({ integral: false }) < 1) {
    throw new Error(`'metricsRetention' must be at least 1 day, got ${metricsRetention.toHumanString()}`);
  }
  return prometheusDuration(metricsRetention);
}

/** The size of a volume for metrics, in GiB. */
export function storageOf(storage: Size): number {
  if (storage.isUnresolved()) {
    throw new Error("'storage' must be literal, since what Prometheus keeps is derived from it, got a token");
  }
  const gibibytes = storage.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (gibibytes < 5 || !Number.isInteger(gibibytes)) {
    throw new Error(`'storage' must be a whole number of GiB, at least 5, got ${gibibytes} GiB`);
  }
  return gibibytes;
}

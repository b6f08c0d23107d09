import type { AlertGroup } from './alert';
import { MONITORING_ALERTS } from './monitoring-alerts';
import { NODE_ALERTS } from './node-alerts';
import { VOLUME_ALERTS } from './volume-alerts';
import { WORKLOAD_ALERTS } from './workload-alerts';

/** What every cluster is watched for: few alerts, each of which asks somebody to do something. */
export const ESSENTIAL_ALERTS: readonly AlertGroup[] = [MONITORING_ALERTS, NODE_ALERTS, WORKLOAD_ALERTS, VOLUME_ALERTS];

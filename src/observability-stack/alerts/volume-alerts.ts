import { Duration } from 'aws-cdk-lib';
import { type AlertGroup, AlertSeverity } from './alert';

/** Whether the volumes of pods have room. */
export const VOLUME_ALERTS: AlertGroup = {
  name: 'platform-volumes',
  recordingRules: [
    {
      name: 'agentic:volume_free:ratio',
      expression: 'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes',
    },
  ],
  alerts: [
    {
      name: 'PvcFilling',
      summary: 'Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} will be full within four days',
      expression:
        'agentic:volume_free:ratio < 0.15 and predict_linear(kubelet_volume_stats_available_bytes[6h], 4 * 24 * 3600) < 0 and kubelet_volume_stats_used_bytes > 0',
      pending: Duration.hours(1),
      severity: AlertSeverity.WARNING,
      meaning: 'Less than 15 % is free, and at the pace of the last 6 hours nothing is left in four days.',
      impact: 'What writes to the volume will fail once it is full.',
      firstSteps: [
        'Find out whether what is stored can be deleted or kept for a shorter time.',
        'Otherwise enlarge the claim: the platform storage class lets volumes grow while they are in use.',
      ],
    },
    {
      name: 'PvcAlmostFull',
      summary: 'Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is almost full',
      expression: 'agentic:volume_free:ratio < 0.05 and kubelet_volume_stats_used_bytes > 0',
      pending: Duration.minutes(5),
      severity: AlertSeverity.CRITICAL,
      meaning: 'Less than 5 % was free for 5 minutes.',
      impact: 'Writes fail soon; a database on the volume stops.',
      firstSteps: ['Enlarge the claim now: kubectl edit pvc.', 'Then find out what filled it, and keep less of it.'],
      mutes: { alerts: ['PvcFilling'], withSame: ['namespace', 'persistentvolumeclaim'] },
    },
  ],
};

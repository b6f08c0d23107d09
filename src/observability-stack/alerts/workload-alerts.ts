import { Duration } from 'aws-cdk-lib';
import { type AlertGroup, AlertSeverity } from './alert';

/** A container waits for one of the reasons; the node is joined in, so that a lost node can mute what it causes. */
function waiting(reasons: string): string {
  return `max_over_time(kube_pod_container_status_waiting_reason{reason=~"${reasons}"}[5m]) * on (cluster, namespace, pod) group_left (node) max by (cluster, namespace, pod, node) (kube_pod_info) >= 1`;
}

/** Whether the workloads run as they were asked to. */
export const WORKLOAD_ALERTS: AlertGroup = {
  name: 'platform-workloads',
  alerts: [
    {
      name: 'PodCrashLooping',
      summary: 'Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} keeps crashing',
      expression: waiting('CrashLoopBackOff'),
      pending: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      meaning:
        'For 15 minutes the container ended each time it was started, and Kubernetes waits before it tries again.',
      impact: 'This replica does no work.',
      firstSteps: [
        'Read the log of the last run: kubectl logs --previous.',
        'Read its exit code and the events: kubectl describe pod.',
        'If it began with a release, roll the release back.',
      ],
    },
    {
      name: 'ContainerOOMKilledRepeatedly',
      summary: 'Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} runs out of memory',
      expression:
        'increase(kube_pod_container_status_restarts_total[1h]) >= 3 and on (cluster, namespace, pod, container) kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} == 1',
      severity: AlertSeverity.WARNING,
      meaning:
        'The container restarted at least three times within an hour and was last ended for using too much memory.',
      impact: 'Requests that it was working on are lost each time.',
      firstSteps: [
        'Compare its memory in Grafana with its limit.',
        'Raise the limit if the load has grown; look for a leak if the memory grows without load.',
      ],
    },
    {
      name: 'ImagePullFailing',
      summary: 'Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} cannot start',
      expression: waiting('ImagePullBackOff|ErrImagePull|CreateContainerConfigError'),
      pending: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      meaning:
        'For 15 minutes the image could not be pulled, or a Secret or ConfigMap that the container needs is missing.',
      impact: 'This replica does not start; a release that waits for it hangs.',
      firstSteps: [
        'Read the events: kubectl describe pod.',
        'Check that the image exists under this digest and that the nodes may pull from its registry.',
        'Check that every Secret and ConfigMap that the pod names exists in its namespace.',
      ],
    },
    {
      name: 'DeploymentUnavailable',
      summary: 'Deployment {{ $labels.namespace }}/{{ $labels.deployment }} has no replica that works',
      expression:
        'kube_deployment_status_replicas_available == 0 and on (cluster, namespace, deployment) kube_deployment_spec_replicas > 0',
      pending: Duration.minutes(5),
      severity: AlertSeverity.CRITICAL,
      meaning: 'Not one of its replicas was available for 5 minutes.',
      impact: 'The service is down for everybody who calls it.',
      firstSteps: [
        'Look at its pods and their events: kubectl describe pods.',
        'If it began with a release, roll the release back: helm rollback, or kubectl rollout undo.',
        'If pods stay pending, look whether the node pool has reached its limits.',
      ],
      mutes: { alerts: ['DeploymentDegraded'], withSame: ['namespace', 'deployment'] },
    },
    {
      name: 'DeploymentDegraded',
      summary: 'Deployment {{ $labels.namespace }}/{{ $labels.deployment }} misses replicas',
      expression:
        'kube_deployment_spec_replicas > kube_deployment_status_replicas_available and changes(kube_deployment_status_replicas_updated[10m]) == 0',
      pending: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      meaning: 'For 15 minutes fewer replicas were available than wanted, and no roll-out moves on.',
      impact: 'The service carries less load, and may not survive the loss of a node or a zone.',
      firstSteps: [
        'Find the pods that are not ready: kubectl get pods.',
        'If a roll-out is stuck, read the events of its newest pods and roll it back.',
      ],
    },
    {
      name: 'StatefulSetDegraded',
      summary: 'StatefulSet {{ $labels.namespace }}/{{ $labels.statefulset }} misses replicas',
      expression:
        'kube_statefulset_status_replicas_ready < kube_statefulset_replicas and changes(kube_statefulset_status_replicas_updated[10m]) == 0',
      pending: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      meaning: 'For 15 minutes fewer replicas were ready than wanted, and no roll-out moves on.',
      impact: 'Data may be stored with fewer copies, and the next loss may stop the service.',
      firstSteps: [
        'Find the pod that is not ready and read its events: kubectl describe pod.',
        'If it stays pending, check that a node can start in the zone of its volume.',
      ],
    },
    {
      name: 'JobFailed',
      summary: 'Job {{ $labels.namespace }}/{{ $labels.job_name }} has failed',
      expression: 'kube_job_failed{condition="true"} > 0',
      pending: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      meaning: 'The job used up its retries. The alert stays until the job is deleted.',
      impact: 'What the job was to do is not done.',
      firstSteps: [
        'Read the log of its pods: kubectl logs job/NAME.',
        'Once the cause is gone, delete the job and start it again.',
        'Give jobs a ttlSecondsAfterFinished, so that they do not stay for ever.',
      ],
    },
  ],
};

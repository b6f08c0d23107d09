import { Duration } from 'aws-cdk-lib';
import { type AlertGroup, AlertSeverity } from './alert';

/** Read-only images and file systems in memory are full by design. */
const DISKS = 'fstype!~"tmpfs|squashfs|erofs|overlay|ramfs"';

/** Whether the nodes can carry the workloads. */
export const NODE_ALERTS: AlertGroup = {
  name: 'platform-nodes',
  recordingRules: [
    {
      name: 'agentic:node_cpu_busy:ratio_rate5m',
      // idle and waiting are added up for each processor first: an average over both would halve the free share
      expression:
        '1 - avg by (cluster, node, instance) (sum without (mode) (rate(node_cpu_seconds_total{mode=~"idle|iowait"}[5m])))',
    },
  ],
  alerts: [
    {
      name: 'NodeNotReady',
      summary: 'Node {{ $labels.node }} is not ready',
      expression:
        'kube_node_status_condition{condition="Ready",status="true"} == 0 and on (cluster, node) kube_node_spec_unschedulable == 0',
      pending: Duration.minutes(10),
      severity: AlertSeverity.CRITICAL,
      meaning: 'The kubelet of the node has not reported that it is ready for 10 minutes, and nobody drains the node.',
      impact: 'Its pods are moved to other nodes; what has one replica or a volume in this zone is down meanwhile.',
      firstSteps: [
        'Read the conditions and events of the node: kubectl describe node.',
        'Look at the status checks of the instance in EC2.',
        'If it does not recover, delete the node: a new one takes its place.',
      ],
      mutes: {
        alerts: ['PodCrashLooping', 'ImagePullFailing', 'NodeCpuSaturated', 'NodeMemoryHigh'],
        withSame: ['node'],
      },
    },
    {
      name: 'NodeCpuSaturated',
      summary: 'The processors of node {{ $labels.node }} are saturated',
      expression:
        'agentic:node_cpu_busy:ratio_rate5m > 0.9 and on (cluster, instance) node_load5 / on (cluster, instance) count by (cluster, instance) (node_cpu_seconds_total{mode="idle"}) > 1.5',
      pending: Duration.minutes(30),
      severity: AlertSeverity.WARNING,
      meaning: 'Processors were busy for more than 90 % of the time for 30 minutes, and work queues up behind them.',
      impact: 'Everything on the node answers more slowly.',
      firstSteps: [
        'Find the pods that use most: kubectl top pods --all-namespaces --sort-by=cpu.',
        'Check that their CPU requests say what they really need, so that the scheduler spreads them.',
      ],
    },
    {
      name: 'NodeMemoryHigh',
      summary: 'Node {{ $labels.node }} runs out of memory',
      expression: '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes > 0.92',
      pending: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      meaning: 'Less than 8 % of the memory was available for 15 minutes.',
      impact: 'The kubelet evicts pods soon, or the kernel kills processes.',
      firstSteps: [
        'Find the pods that use most: kubectl top pods --all-namespaces --sort-by=memory.',
        'Check that their memory requests say what they really need.',
        'Look for a container whose memory only grows.',
      ],
    },
    {
      name: 'NodeDiskFilling',
      summary: 'Disk {{ $labels.mountpoint }} of node {{ $labels.node }} will be full within a day',
      expression: `node_filesystem_avail_bytes{${DISKS}} / node_filesystem_size_bytes < 0.20 and predict_linear(node_filesystem_avail_bytes{${DISKS}}[6h], 24 * 3600) < 0 and node_filesystem_readonly == 0`,
      pending: Duration.hours(1),
      severity: AlertSeverity.WARNING,
      meaning: 'Less than 20 % is free, and at the pace of the last 6 hours nothing is left in 24 hours.',
      impact: 'Images cannot be pulled and the kubelet evicts pods once the disk is full.',
      firstSteps: [
        'Look for pods that write to their containers or to emptyDir volumes without end.',
        'Look at the size of container logs on the node.',
        'Drain and delete the node to start with an empty disk.',
      ],
    },
    {
      name: 'NodeDiskAlmostFull',
      summary: 'Disk {{ $labels.mountpoint }} of node {{ $labels.node }} is almost full',
      expression: `node_filesystem_avail_bytes{${DISKS}} / node_filesystem_size_bytes < 0.08 and node_filesystem_readonly == 0`,
      pending: Duration.minutes(15),
      severity: AlertSeverity.CRITICAL,
      meaning: 'Less than 8 % was free for 15 minutes.',
      impact: 'The kubelet evicts pods, and new ones cannot start on this node.',
      firstSteps: [
        'Drain and delete the node: a new one starts with an empty disk.',
        'Find what filled it: emptyDir volumes, container logs or many large images.',
      ],
      mutes: { alerts: ['NodeDiskFilling'], withSame: ['instance', 'mountpoint'] },
    },
  ],
};

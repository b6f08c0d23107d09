/** Series by selector, in the notation of promtool, one sample a minute. */
export type Series = Readonly<Record<string, string>>;

/** What an alert sees when it must fire, and when it must not. */
export interface AlertCase {
  readonly alert: string;
  /** When the alerts are looked at, in minutes. */
  readonly at: number;
  /** Labels of the alert beside those that the rule adds. */
  readonly labels: Readonly<Record<string, string>>;
  readonly firing: Series;
  /** Left out by the one alert that always fires. */
  readonly silent?: Series;
}

const NODE = { cluster: 'c', node: 'n1', instance: '10.0.0.1:9100' };
const DISK = { ...NODE, device: '/dev/nvme1n1p1', fstype: 'xfs', mountpoint: '/mnt' };
const POD = { cluster: 'c', namespace: 'agents', pod: 'planner-0' };
const CONTAINER = { ...POD, container: 'planner' };
const DEPLOYMENT = { cluster: 'c', namespace: 'agents', deployment: 'planner' };
const STATEFUL_SET = { cluster: 'c', namespace: 'agents', statefulset: 'queue' };
const VOLUME = { cluster: 'c', namespace: 'agents', node: 'n1', persistentvolumeclaim: 'data-queue-0' };

function series(name: string, labels: Record<string, string>): string {
  return `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`;
}

const scraped = (pod: string) => series('up', { cluster: 'c', job: 'api', namespace: 'agents', service: 'api', pod });
const notifications = (outcome: string) =>
  series(`alertmanager_notifications${outcome}_total`, { cluster: 'c', namespace: 'monitoring', integration: 'sns' });
const ready = { cluster: 'c', node: 'n1', condition: 'Ready', status: 'true' };
const processor = (mode: string) => series('node_cpu_seconds_total', { ...NODE, cpu: '0', mode });
const waiting = (reason: string) => ({ ...CONTAINER, reason });
const WAITING = 'kube_pod_container_status_waiting_reason';
const INFO = { [series('kube_pod_info', { ...POD, node: 'n1', host_ip: '10.0.0.1' })]: '1x60' };

/** One case for each of the alerts that we ship. */
export const ALERT_CASES: readonly AlertCase[] = [
  { alert: 'Watchdog', at: 1, labels: {}, firing: {} },
  {
    alert: 'TargetDown',
    at: 20,
    labels: { cluster: 'c', job: 'api', namespace: 'agents', service: 'api' },
    firing: { [scraped('a')]: '0x30', [scraped('b')]: '1x30' },
    silent: { [scraped('a')]: '0x10 1x20', [scraped('b')]: '1x30' },
  },
  {
    alert: 'AlertNotificationsFailing',
    at: 30,
    labels: { cluster: 'c', namespace: 'monitoring', integration: 'sns' },
    firing: { [notifications('_failed')]: '0+1x40', [notifications('')]: '0+10x40' },
    silent: { [notifications('_failed')]: '7x40', [notifications('')]: '0+10x40' },
  },
  {
    alert: 'PrometheusRuleFailures',
    at: 35,
    labels: { cluster: 'c', rule_group: 'platform-nodes' },
    firing: { 'prometheus_rule_evaluation_failures_total{cluster="c",rule_group="platform-nodes"}': '0+1x40' },
    silent: { 'prometheus_rule_evaluation_failures_total{cluster="c",rule_group="platform-nodes"}': '3x40' },
  },
  {
    alert: 'NodeNotReady',
    at: 15,
    labels: ready,
    firing: {
      [series('kube_node_status_condition', ready)]: '0x20',
      'kube_node_spec_unschedulable{cluster="c",node="n1"}': '0x20',
    },
    // drained on purpose
    silent: {
      [series('kube_node_status_condition', ready)]: '0x20',
      'kube_node_spec_unschedulable{cluster="c",node="n1"}': '1x20',
    },
  },
  {
    alert: 'NodeCpuSaturated',
    at: 45,
    labels: NODE,
    firing: { [processor('idle')]: '0+3x60', [processor('iowait')]: '0+2x60', [series('node_load5', NODE)]: '2x60' },
    // 85 % busy; an average over the modes would see 92.5 %
    silent: { [processor('idle')]: '0+9x60', [processor('iowait')]: '0x60', [series('node_load5', NODE)]: '2x60' },
  },
  {
    alert: 'NodeMemoryHigh',
    at: 20,
    labels: NODE,
    firing: {
      [series('node_memory_MemAvailable_bytes', NODE)]: '5x30',
      [series('node_memory_MemTotal_bytes', NODE)]: '100x30',
    },
    silent: {
      [series('node_memory_MemAvailable_bytes', NODE)]: '9x30',
      [series('node_memory_MemTotal_bytes', NODE)]: '100x30',
    },
  },
  {
    alert: 'NodeDiskFilling',
    at: 500,
    labels: DISK,
    firing: {
      [series('node_filesystem_avail_bytes', DISK)]: '400-0.5x500',
      [series('node_filesystem_size_bytes', DISK)]: '1000x500',
      [series('node_filesystem_readonly', DISK)]: '0x500',
    },
    // nearly full, but not filling
    silent: {
      [series('node_filesystem_avail_bytes', DISK)]: '150x500',
      [series('node_filesystem_size_bytes', DISK)]: '1000x500',
      [series('node_filesystem_readonly', DISK)]: '0x500',
    },
  },
  {
    alert: 'NodeDiskAlmostFull',
    at: 20,
    labels: DISK,
    firing: {
      [series('node_filesystem_avail_bytes', DISK)]: '50x30',
      [series('node_filesystem_size_bytes', DISK)]: '1000x30',
      [series('node_filesystem_readonly', DISK)]: '0x30',
    },
    silent: {
      [series('node_filesystem_avail_bytes', DISK)]: '0x30',
      [series('node_filesystem_size_bytes', DISK)]: '1000x30',
      [series('node_filesystem_readonly', DISK)]: '1x30',
    },
  },
  {
    alert: 'PodCrashLooping',
    at: 25,
    labels: { ...waiting('CrashLoopBackOff'), node: 'n1' },
    firing: { ...INFO, [series(WAITING, waiting('CrashLoopBackOff'))]: '1x30' },
    silent: { ...INFO, [series(WAITING, waiting('CrashLoopBackOff'))]: '1x5 0x25' },
  },
  {
    alert: 'ContainerOOMKilledRepeatedly',
    at: 60,
    labels: CONTAINER,
    firing: {
      [series('kube_pod_container_status_restarts_total', CONTAINER)]: '0+0.1x60',
      [series('kube_pod_container_status_last_terminated_reason', { ...CONTAINER, reason: 'OOMKilled' })]: '1x60',
    },
    // it restarts for another reason
    silent: {
      [series('kube_pod_container_status_restarts_total', CONTAINER)]: '0+0.1x60',
      [series('kube_pod_container_status_last_terminated_reason', { ...CONTAINER, reason: 'Error' })]: '1x60',
    },
  },
  {
    alert: 'ImagePullFailing',
    at: 25,
    labels: { ...waiting('ErrImagePull'), node: 'n1' },
    firing: { ...INFO, [series(WAITING, waiting('ErrImagePull'))]: '1x30' },
    silent: { ...INFO, [series(WAITING, waiting('ContainerCreating'))]: '1x30' },
  },
  {
    alert: 'DeploymentUnavailable',
    at: 10,
    labels: DEPLOYMENT,
    firing: {
      [series('kube_deployment_status_replicas_available', DEPLOYMENT)]: '0x15',
      [series('kube_deployment_spec_replicas', DEPLOYMENT)]: '2x15',
    },
    // scaled to nothing on purpose
    silent: {
      [series('kube_deployment_status_replicas_available', DEPLOYMENT)]: '0x15',
      [series('kube_deployment_spec_replicas', DEPLOYMENT)]: '0x15',
    },
  },
  {
    alert: 'DeploymentDegraded',
    at: 25,
    labels: DEPLOYMENT,
    firing: {
      [series('kube_deployment_spec_replicas', DEPLOYMENT)]: '3x30',
      [series('kube_deployment_status_replicas_available', DEPLOYMENT)]: '2x30',
      [series('kube_deployment_status_replicas_updated', DEPLOYMENT)]: '3x30',
    },
    // a roll-out moves on
    silent: {
      [series('kube_deployment_spec_replicas', DEPLOYMENT)]: '40x30',
      [series('kube_deployment_status_replicas_available', DEPLOYMENT)]: '39x30',
      [series('kube_deployment_status_replicas_updated', DEPLOYMENT)]: '0+1x30',
    },
  },
  {
    alert: 'StatefulSetDegraded',
    at: 25,
    labels: STATEFUL_SET,
    firing: {
      [series('kube_statefulset_replicas', STATEFUL_SET)]: '3x30',
      [series('kube_statefulset_status_replicas_ready', STATEFUL_SET)]: '1x30',
      [series('kube_statefulset_status_replicas_updated', STATEFUL_SET)]: '3x30',
    },
    silent: {
      [series('kube_statefulset_replicas', STATEFUL_SET)]: '40x30',
      [series('kube_statefulset_status_replicas_ready', STATEFUL_SET)]: '39x30',
      [series('kube_statefulset_status_replicas_updated', STATEFUL_SET)]: '0+1x30',
    },
  },
  {
    alert: 'JobFailed',
    at: 20,
    labels: { cluster: 'c', namespace: 'agents', job_name: 'import', condition: 'true' },
    firing: { 'kube_job_failed{cluster="c",namespace="agents",job_name="import",condition="true"}': '1x30' },
    silent: { 'kube_job_failed{cluster="c",namespace="agents",job_name="import",condition="true"}': '0x30' },
  },
  {
    alert: 'PvcFilling',
    at: 600,
    labels: VOLUME,
    firing: {
      [series('kubelet_volume_stats_available_bytes', VOLUME)]: '200-0.1x600',
      [series('kubelet_volume_stats_capacity_bytes', VOLUME)]: '1000x600',
      [series('kubelet_volume_stats_used_bytes', VOLUME)]: '800+0.1x600',
    },
    silent: {
      [series('kubelet_volume_stats_available_bytes', VOLUME)]: '140x600',
      [series('kubelet_volume_stats_capacity_bytes', VOLUME)]: '1000x600',
      [series('kubelet_volume_stats_used_bytes', VOLUME)]: '860x600',
    },
  },
  {
    alert: 'PvcAlmostFull',
    at: 10,
    labels: VOLUME,
    firing: {
      [series('kubelet_volume_stats_available_bytes', VOLUME)]: '40x20',
      [series('kubelet_volume_stats_capacity_bytes', VOLUME)]: '1000x20',
      [series('kubelet_volume_stats_used_bytes', VOLUME)]: '960x20',
    },
    silent: {
      [series('kubelet_volume_stats_available_bytes', VOLUME)]: '60x20',
      [series('kubelet_volume_stats_capacity_bytes', VOLUME)]: '1000x20',
      [series('kubelet_volume_stats_used_bytes', VOLUME)]: '940x20',
    },
  },
];

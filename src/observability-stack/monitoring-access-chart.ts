import { type App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';

/** Properties of a `MonitoringAccessChart`. */
export interface MonitoringAccessChartProps {
  readonly namespace: string;
  /** The ranges of the VPC, where nodes and the control plane stand. */
  readonly vpcCidrs: readonly string[];
}

const PROMETHEUS = { 'app.kubernetes.io/name': 'prometheus' };
const ALERTMANAGER = { 'app.kubernetes.io/name': 'alertmanager' };
const OPERATOR = { 'app.kubernetes.io/component': 'prometheus-operator' };

/** Where the agent of EKS Pod Identity hands out credentials, on every node. */
const POD_IDENTITY = '169.254.170.23/32';
const NODE_EXPORTER = 9100;
const KUBELET = 10250;
const WEBHOOK = 10250;

/** What single parts of the monitoring may reach beyond what its whole namespace may. */
export class MonitoringAccessChart extends Chart {
  private readonly vpc: k8s.NetworkPolicyPeer[];

  public constructor(
    scope: App,
    id: string,
    private readonly props: MonitoringAccessChartProps,
  ) {
    super(scope, id);
    this.vpc = props.vpcCidrs.map((cidr) => ({ ipBlock: { cidr } }));

    // whether a target answers is for the policies of its own namespace to say
    this.addPolicy('allow-prometheus-to-targets', PROMETHEUS, {
      policyTypes: ['Egress'],
      egress: [{ to: [{ namespaceSelector: {} }] }, { to: this.vpc, ports: tcp(NODE_EXPORTER, KUBELET) }],
    });
    this.addPolicy('allow-alertmanager-to-aws', ALERTMANAGER, {
      policyTypes: ['Egress'],
      egress: [
        { to: [{ ipBlock: { cidr: POD_IDENTITY } }], ports: tcp(80) },
        { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: tcp(443) },
      ],
    });
    this.addPolicy('allow-control-plane-to-webhook', OPERATOR, {
      policyTypes: ['Ingress'],
      ingress: [{ from: this.vpc, ports: tcp(WEBHOOK) }],
    });
  }

  private addPolicy(
    name: string,
    matchLabels: Record<string, string>,
    spec: Omit<k8s.NetworkPolicySpec, 'podSelector'>,
  ): void {
    new k8s.KubeNetworkPolicy(this, name, {
      metadata: { name, namespace: this.props.namespace },
      spec: { podSelector: { matchLabels }, ...spec },
    });
  }
}

function tcp(...ports: number[]): k8s.NetworkPolicyPort[] {
  return ports.map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) }));
}

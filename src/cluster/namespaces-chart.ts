import { type App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';

/** Traffic that a namespace opens beside DNS and itself. */
export interface NamespaceFlow {
  /** What it is for; names the policy. */
  readonly name: string;
  /** An IPv4 range. */
  readonly cidr: string;
  /** TCP ports. */
  readonly ports: readonly number[];
}

/** What the pods of a namespace may use, as quantities of Kubernetes. */
export interface NamespaceResources {
  /** What they may use together; without it there is no quota. */
  readonly hard?: { readonly [resource: string]: string };
  /** What a container requests that says nothing. */
  readonly defaultRequest: { readonly [resource: string]: string };
  /** What a container may use that says nothing. */
  readonly defaultLimit: { readonly [resource: string]: string };
}

/** A namespace with its rules. */
export interface NamespaceSpec {
  readonly name: string;
  /** The Pod Security level that is enforced; `restricted` is warned about and audited in any case. */
  readonly podSecurity: 'restricted' | 'baseline' | 'privileged';
  /** What leaves the namespace beside DNS and traffic to its own pods. */
  readonly egress?: readonly NamespaceFlow[];
  /** What enters it beside traffic from its own pods. */
  readonly ingress?: readonly NamespaceFlow[];
  /** What its pods may use; without it nothing is limited. */
  readonly resources?: NamespaceResources;
}

/** Properties of a `NamespacesChart`. */
export interface NamespacesChartProps {
  readonly namespaces: readonly NamespaceSpec[];
  /** The version of the Pod Security standard, pinned to the Kubernetes minor of the cluster, for instance `v1.36`. */
  readonly podSecurityVersion: string;
  /** The address of the cluster's DNS service. */
  readonly dnsAddress: string;
}

/** Namespaces in which a pod may do little and reach nothing but DNS and its neighbours. */
export class NamespacesChart extends Chart {
  public constructor(scope: App, id: string, props: NamespacesChartProps) {
    super(scope, id);
    for (const spec of props.namespaces) {
      this.addNamespace(spec, props.podSecurityVersion);
      this.addPolicies(spec, props.dnsAddress);
      if (spec.resources) {
        this.addLimits(spec.name, spec.resources);
      }
    }
  }

  private addLimits(namespace: string, { hard, defaultRequest, defaultLimit }: NamespaceResources): void {
    if (hard) {
      new k8s.KubeResourceQuota(this, `${namespace}-quota`, {
        metadata: { name: 'quota', namespace },
        spec: { hard: quantities(hard) },
      });
    }
    // a quota refuses pods that request nothing, so every container gets something
    new k8s.KubeLimitRange(this, `${namespace}-defaults`, {
      metadata: { name: 'defaults', namespace },
      spec: {
        limits: [{ type: 'Container', defaultRequest: quantities(defaultRequest), default: quantities(defaultLimit) }],
      },
    });
  }

  private addNamespace({ name, podSecurity }: NamespaceSpec, version: string): void {
    const level = { enforce: podSecurity, audit: 'restricted', warn: 'restricted' };
    new k8s.KubeNamespace(this, `${name}-namespace`, {
      metadata: {
        name,
        labels: Object.fromEntries(
          Object.entries(level).flatMap(([mode, standard]) => [
            [`pod-security.kubernetes.io/${mode}`, standard],
            [`pod-security.kubernetes.io/${mode}-version`, version],
          ]),
        ),
      },
    });
  }

  private addPolicies({ name, ingress = [], egress = [] }: NamespaceSpec, dnsAddress: string): void {
    this.addPolicy(name, 'default-deny', { policyTypes: ['Ingress', 'Egress'] });

    const dnsPorts = ['UDP', 'TCP'].map((protocol) => ({ protocol, port: k8s.IntOrString.fromNumber(53) }));
    const kubeSystem = { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } };
    this.addPolicy(name, 'allow-dns', {
      policyTypes: ['Egress'],
      // Auto Mode answers DNS on the node, behind the service's address; other clusters in kube-system
      egress: [{ to: [{ namespaceSelector: kubeSystem }, { ipBlock: { cidr: `${dnsAddress}/32` } }], ports: dnsPorts }],
    });

    this.addPolicy(name, 'allow-same-namespace', {
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: {} }] }],
      egress: [{ to: [{ podSelector: {} }] }],
    });

    for (const flow of egress) {
      const rule = { to: [{ ipBlock: { cidr: flow.cidr } }], ports: portsOf(flow) };
      this.addPolicy(name, `allow-to-${flow.name}`, { policyTypes: ['Egress'], egress: [rule] });
    }
    for (const flow of ingress) {
      const rule = { from: [{ ipBlock: { cidr: flow.cidr } }], ports: portsOf(flow) };
      this.addPolicy(name, `allow-from-${flow.name}`, { policyTypes: ['Ingress'], ingress: [rule] });
    }
  }

  private addPolicy(namespace: string, name: string, spec: Omit<k8s.NetworkPolicySpec, 'podSelector'>): void {
    new k8s.KubeNetworkPolicy(this, `${namespace}-${name}`, {
      metadata: { name, namespace },
      spec: { podSelector: {}, ...spec },
    });
  }
}

function portsOf(flow: NamespaceFlow): k8s.NetworkPolicyPort[] {
  return flow.ports.map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) }));
}

function quantities(amounts: { readonly [resource: string]: string }): { [resource: string]: k8s.Quantity } {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]));
}

import { Size, Token } from 'aws-cdk-lib';
import type { NamespaceResources } from './namespaces-chart';

/** What a container requests that says nothing, in MiB. */
const REQUESTED_MEMORY = 128;

/** What a container may use that says nothing, in MiB. */
const LIMITED_MEMORY = 512;

/** What the pods of a namespace may use together. */
export interface NamespaceQuotaOptions {
  /**
   * The processors that pods may request together, in vCPU.
   *
   * @default 16
   */
  readonly cpu?: number;

  /**
   * The memory that pods may request together; their limits may add up to twice as much.
   *
   * @default Size.gibibytes(64)
   */
  readonly memory?: Size;

  /**
   * How many pods there may be.
   *
   * @default 100
   */
  readonly pods?: number;

  /**
   * How large all volumes may be together.
   *
   * @default Size.gibibytes(500)
   */
  readonly storage?: Size;

  /**
   * How many services may ask for a load balancer of their own. Ingress and Gateway API need none of them.
   *
   * @default 0
   */
  readonly loadBalancers?: number;

  /**
   * The memory limit of a container that states none. A container that requests more than this must state a limit.
   *
   * @default Size.mebibytes(512)
   */
  readonly containerMemory?: Size;
}

/**
 * How much of the cluster a namespace may take, so that no namespace starves another.
 *
 * Containers that request nothing get a small request and a memory limit, so that ordinary pods start as they are.
 */
export class NamespaceQuota {
  /**
   * A quota.
   *
   * @param options what differs from the defaults
   * @throws if a number is no whole number or too small, or if one container could not start within the quota
   */
  public static of(options: NamespaceQuotaOptions = {}): NamespaceQuota {
    const { cpu = 16, pods = 100, loadBalancers = 0, storage = Size.gibibytes(500) } = options;
    const memory = (options.memory ?? Size.gibibytes(64)).toMebibytes();
    const containerMemory = options.containerMemory?.toMebibytes() ?? LIMITED_MEMORY;
    assertWhole('cpu', cpu, 1);
    assertWhole('pods', pods, 1);
    assertWhole('loadBalancers', loadBalancers, 0);
    assertWhole('containerMemory', containerMemory, REQUESTED_MEMORY, ' MiB');
    assertWhole('memory', memory, containerMemory, ' MiB');
    return new NamespaceQuota(containerMemory, {
      'requests.cpu': String(cpu),
      'requests.memory': mebibytes(memory),
      'limits.memory': mebibytes(2 * memory),
      'requests.storage': mebibytes(storage.toMebibytes()),
      pods: String(pods),
      'services.loadbalancers': String(loadBalancers),
      // a load balancer of its own may go through ports of the nodes, anything else goes to the pods
      ...(loadBalancers === 0 ? { 'services.nodeports': '0' } : {}),
    });
  }

  /**
   * No quota: only the nodes limit what the namespace takes. Containers that request nothing are still given defaults.
   */
  public static unlimited(): NamespaceQuota {
    return new NamespaceQuota(LIMITED_MEMORY);
  }

  private constructor(
    private readonly containerMemory: number,
    private readonly hard?: { readonly [resource: string]: string },
  ) {}

  /**
   * What Kubernetes is told.
   *
   * @internal
   */
  public get _resources(): NamespaceResources {
    return {
      hard: this.hard,
      defaultRequest: { cpu: '100m', memory: mebibytes(REQUESTED_MEMORY) },
      // processors are shared by what was requested; a limit would only slow a container down beside idle ones
      defaultLimit: { memory: mebibytes(this.containerMemory) },
    };
  }
}

function assertWhole(prop: string, value: number, minimum: number, unit = ''): void {
  if (!Token.isUnresolved(value) && (!Number.isInteger(value) || value < minimum)) {
    throw new Error(`'${prop}' must be a whole number of at least ${minimum}${unit}, got ${value}`);
  }
}

function mebibytes(amount: number): string {
  return `${amount}Mi`;
}

import { Agent, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Kubernetes object, as it is sent and as it comes back. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly resourceVersion?: string };
  readonly [field: string]: unknown;
}

/** What the server says. */
export interface ApiAnswer<T = ApiObject> {
  readonly status: number;
  /** Deprecated versions, Pod Security and whatever else the server accepts, but does not like. */
  readonly warnings: string[];
  /** The object, or a `Status` with a message. */
  readonly body: T & { readonly message?: string };
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** The few requests to a Kubernetes API server that tests need. */
export class ApiClient {
  private readonly discovered = new Map<string, readonly ApiResource[]>();
  private agent?: Agent;

  public constructor(
    private readonly port: number,
    private readonly token: string,
    private readonly authority: () => string,
  ) {}

  /**
   * Applies an object on the side of the server, with strict validation of its fields.
   *
   * @param dryRun judge the object, but do not keep it
   */
  public async apply(object: ApiObject, dryRun = false): Promise<ApiAnswer> {
    const query = new URLSearchParams({ fieldManager: 'conformance', force: 'true', fieldValidation: 'Strict' });
    if (dryRun) {
      query.set('dryRun', 'All');
    }
    return this.request('PATCH', `${await this.pathOf(object)}?${query}`, object, 'application/apply-patch+yaml');
  }

  /** Applies the definition of a custom resource, and waits until the server serves it. */
  public async define(definition: ApiObject): Promise<ApiAnswer> {
    const answer = await this.apply(definition);
    const { group, names, versions } = definition.spec as {
      readonly group: string;
      readonly names: { readonly kind: string };
      readonly versions: readonly { readonly name: string }[];
    };
    for (const version of answer.status < 300 ? versions : []) {
      const apiVersion = `${group}/${version.name}`;
      for (let attempts = 0; !(await this.resource(apiVersion, names.kind)); attempts++) {
        if (attempts > 100) {
          throw new Error(`the server does not serve ${apiVersion} ${names.kind}`);
        }
        await sleep(100);
      }
    }
    return answer;
  }

  /** One request; the answer is JSON or text. */
  public request<T = ApiObject>(
    method: string,
    path: string,
    body?: object,
    type = 'application/json',
  ): Promise<ApiAnswer<T>> {
    this.agent ??= new Agent({ ca: this.authority(), keepAlive: true });
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': type };
    const options = { host: '127.0.0.1', port: this.port, agent: this.agent, method, path, headers, timeout: 30_000 };
    return new Promise((resolve, reject) => {
      const call = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf-8');
          const json = response.headers['content-type']?.includes('json');
          resolve({
            status: response.statusCode ?? 0,
            warnings: warningsIn(`${response.headers.warning ?? ''}`),
            body: json ? JSON.parse(text) : { message: text },
          });
        });
      });
      call.once('error', reject);
      call.once('timeout', () => call.destroy(new Error(`${method} ${path} was not answered`)));
      call.end(body && JSON.stringify(body));
    });
  }

  /** Ends all connections. */
  public close(): void {
    this.agent?.destroy();
  }

  private async pathOf({ apiVersion, kind, metadata: { name, namespace } }: ApiObject): Promise<string> {
    const resource = await this.resource(apiVersion, kind);
    if (!resource) {
      throw new Error(`the server does not know ${apiVersion} ${kind} (of '${name}')`);
    }
    if (resource.namespaced !== (namespace !== undefined)) {
      throw new Error(`${kind} '${name}' must ${resource.namespaced ? '' : 'not '}say its namespace`);
    }
    const parts = [...(namespace ? ['namespaces', namespace] : []), resource.name, name];
    return [pathOfVersion(apiVersion), ...parts].join('/');
  }

  private async resource(apiVersion: string, kind: string): Promise<ApiResource | undefined> {
    const find = (resources: readonly ApiResource[] = []) =>
      resources.find((resource) => resource.kind === kind && !resource.name.includes('/'));
    const known = find(this.discovered.get(apiVersion));
    if (known) {
      return known;
    }
    const { body } = await this.request<{ readonly resources?: ApiResource[] }>('GET', pathOfVersion(apiVersion));
    this.discovered.set(apiVersion, body.resources ?? []);
    return find(body.resources);
  }
}

function pathOfVersion(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function warningsIn(header: string): string[] {
  return [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => match[1].replace(/\\(.)/g, '$1'));
}

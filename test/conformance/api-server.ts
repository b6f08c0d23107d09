import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from './api-client';

const READY_WITHIN_SECONDS = 180;

/** A Kubernetes API server of our own, with nothing but what a cluster has before its first node. */
export class ApiServer {
  /** Starts a server on loopback, and waits until it is ready. */
  public static async start(binary: string): Promise<ApiServer> {
    const server = new ApiServer(binary, await freePort());
    try {
      await server.becomeReady();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Speaks to the server as a member of `system:masters`. */
  public readonly client: ApiClient;

  private readonly directory = mkdtempSync(join(tmpdir(), 'kube-apiserver-'));
  private readonly log = this.path('log');
  private readonly child: ChildProcess;
  private readonly exit: Promise<void>;

  private constructor(binary: string, port: number) {
    const token = randomBytes(16).toString('hex');
    const log = openSync(this.log, 'w');
    // the server ends when this end of the pipe is closed, even if nobody stops it
    this.child = spawn(binary, this.arguments(port, token), { stdio: ['pipe', log, log] });
    closeSync(log);
    this.exit = new Promise((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.once('error', () => resolve());
    });
    this.client = new ApiClient(port, token, () => readFileSync(this.path('certificates/apiserver.crt'), 'utf-8'));
  }

  /** Ends the server and removes all that it wrote. */
  public async stop(): Promise<void> {
    this.client.close();
    this.child.stdin?.end();
    const stubborn = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await this.exit;
    clearTimeout(stubborn);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private arguments(port: number, token: string): string[] {
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    writeFileSync(this.path('service-account.pem'), key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    writeFileSync(this.path('tokens.csv'), `${token},conformance,conformance,system:masters\n`, { mode: 0o600 });
    return Object.entries({
      'etcd-data-dir': this.path('etcd'),
      'cert-dir': this.path('certificates'),
      'bind-address': '127.0.0.1',
      'advertise-address': '127.0.0.1',
      // the service `kubernetes` would need an address outside of loopback
      'endpoint-reconciler-type': 'none',
      'secure-port': `${port}`,
      'service-cluster-ip-range': '172.20.0.0/16',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': this.path('service-account.pem'),
      'service-account-signing-key-file': this.path('service-account.pem'),
      'token-auth-file': this.path('tokens.csv'),
      'authorization-mode': 'RBAC',
      // as on any cluster: it is Pod Security that refuses a privileged pod
      'allow-privileged': 'true',
    }).map(([name, value]) => `--${name}=${value}`);
  }

  private async becomeReady(): Promise<void> {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    while (!(await this.ready())) {
      if (this.child.exitCode !== null || this.child.pid === undefined || seconds() > READY_WITHIN_SECONDS) {
        const log = readFileSync(this.log, 'utf-8').split('\n').slice(-20).join('\n');
        throw new Error(`the API server is not ready after ${seconds().toFixed(1)} s\n${log}`);
      }
      await sleep(100);
    }
    console.info(`the API server is ready after ${seconds().toFixed(1)} s`);
  }

  private async ready(): Promise<boolean> {
    // written after the certificate
    if (!existsSync(this.path('certificates/apiserver.key'))) {
      return false;
    }
    try {
      const paths = ['/readyz', '/api/v1/namespaces/default', '/api/v1/namespaces/kube-system'];
      const answers = await Promise.all(paths.map((path) => this.client.request('GET', path)));
      return answers.every(({ status }) => status === 200);
    } catch {
      // nobody listens yet
      return false;
    }
  }

  private path(name: string): string {
    return join(this.directory, name);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) {
    throw new Error('there is no free port');
  }
  return address.port;
}

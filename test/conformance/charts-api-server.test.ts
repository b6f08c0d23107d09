import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { AgenticPlatform, SourceRepository } from '../../src';
import { VERSIONS } from '../../src/cluster/versions';
import type { ApiObject } from './api-client';
import { ApiServer } from './api-server';
import { renderChart, sampleValues } from './rendered-chart';
import { findTool, testWith } from './tool';

const SERVER = 'kube-apiserver-test';
const DEFINITIONS = join(__dirname, 'crds');

const BY_DIGEST = `registry.example/main@sha256:${'0'.repeat(64)}`;

function pod(namespace: string, securityContext: object, image = BY_DIGEST): ApiObject {
  const container = { name: 'main', image, securityContext };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'sample', namespace },
    spec: { automountServiceAccountToken: false, containers: [container] },
  };
}

const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

const app = new App();
new AgenticPlatform(app, 'Acme', { source: SourceRepository.github('acme/agents') });
const charts = join(app.synth().directory, 'charts');
const clusters = readdirSync(charts).sort();

test('there are clusters to judge', () => {
  expect(clusters).toEqual(['acme-development', 'acme-staging', 'acme-testing']);
});

describe.each(clusters)('%s', (cluster) => {
  const binary = findTool(SERVER);
  const applied = new Map<ApiObject, string | undefined>();
  let milliseconds = 0;
  let server: ApiServer;

  beforeAll(async () => {
    if (binary) {
      server = await ApiServer.start(binary);
    }
  });

  afterAll(async () => {
    await server?.stop();
    if (applied.size > 0) {
      console.info(`${applied.size} objects of ${cluster} accepted in ${(milliseconds / 1000).toFixed(2)} s`);
    }
  });

  // as the stacks do: namespaces before what lives in them
  const makesNamespaces = (chart: string) =>
    Number(readdirSync(join(charts, cluster, chart, 'files')).some((file) => file.startsWith('namespace.')));
  const names = readdirSync(join(charts, cluster)).sort(
    (one, other) => makesNamespaces(other) - makesNamespaces(one) || one.localeCompare(other),
  );

  testWith(SERVER, 'is judged by the minor version of Kubernetes that it runs', async () => {
    const { body } = await server.client.request<{ readonly major: string; readonly minor: string }>('GET', '/version');

    expect(`${body.major}.${body.minor}`).toBe(VERSIONS.kubernetes);
  });

  for (const file of readdirSync(DEFINITIONS).filter((name) => name.endsWith('.yaml'))) {
    testWith(SERVER, `can define ${file}`, async () => {
      const answer = await server.client.define(parse(readFileSync(join(DEFINITIONS, file), 'utf-8')));

      expect(answer).toMatchObject({ status: 201, warnings: [] });
    });
  }

  for (const name of names) {
    testWith([SERVER, 'helm4'], `accepts every object of the chart '${name}'`, async () => {
      const directory = join(charts, cluster, name);
      const objects = renderChart('helm4', directory, sampleValues(directory));

      expect(objects).toHaveLength(readdirSync(join(directory, 'files')).length);
      const started = performance.now();
      for (const object of objects) {
        const { status, warnings, body } = await server.client.apply(object);
        expect({ status, warnings, message: body.message }).toEqual({ status: 201, warnings: [], message: undefined });
        applied.set(object, body.metadata.resourceVersion);
      }
      milliseconds += performance.now() - started;
    });
  }

  testWith([SERVER, 'helm4'], 'is not changed when everything is applied again', async () => {
    expect(applied.size).toBeGreaterThan(names.length);
    for (const [object, resourceVersion] of applied) {
      const { status, body } = await server.client.apply(object);
      expect({ status, resourceVersion: body.metadata.resourceVersion }).toEqual({ status: 200, resourceVersion });
    }
  });

  describe('refuses', () => {
    const change = (kind: string, edit: (spec: Record<string, unknown>) => void): ApiObject => {
      const object = structuredClone([...applied.keys()].find((candidate) => candidate.kind === kind));
      if (!object) {
        throw new Error(`the charts hold no ${kind}`);
      }
      edit((object.spec ?? object) as Record<string, unknown>);
      return object;
    };

    const mistakes: readonly (readonly [string, string, (spec: Record<string, unknown>) => void, RegExp])[] = [
      ['a field that does not exist', 'NetworkPolicy', (spec) => (spec.policyType = ['Egress']), /policyType.*schema/],
      ['a text in the place of a list', 'NetworkPolicy', (spec) => (spec.policyTypes = 'Egress'), /policyTypes.*list/],
      [
        'a port that does not exist',
        'NetworkPolicy',
        (spec) => (spec.egress = [{ ports: [{ port: 99999 }] }]),
        /port.*must be between 1 and 65535/,
      ],
      ['a number in the place of a text', 'ConfigMap', (map) => (map.data = { flag: 1 }), /data\.flag/],
      ['a storage class without a driver', 'StorageClass', (storage) => delete storage.provisioner, /provisioner/],
      [
        'an unknown policy in a node pool',
        'NodePool',
        (spec) => (spec.disruption = { consolidationPolicy: 'x' }),
        /consolidationPolicy: Unsupported value/,
      ],
      ['an unknown field in a node class', 'NodeClass', (spec) => (spec.netPolicy = 'x'), /netPolicy.*schema/],
      [
        'a rule without an expression',
        'PrometheusRule',
        (spec) => (spec.groups = [{ name: 'x', rules: [{ alert: 'X' }] }]),
        /expr.*[Rr]equired/,
      ],
    ];
    for (const [mistake, kind, edit, message] of mistakes) {
      testWith([SERVER, 'helm4'], `${mistake} (${kind})`, async () => {
        const { status, body } = await server.client.apply(change(kind, edit), true);

        expect(body.message).toMatch(message);
        expect(status).toBeGreaterThanOrEqual(400);
      });
    }
  });

  describe('the namespace of services', () => {
    beforeAll(async () => {
      // what the controllers of a cluster do for every namespace
      const metadata = { name: 'default', namespace: 'agents' };
      await server?.client.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata });
    });

    testWith([SERVER, 'helm4'], 'takes a restricted pod', async () => {
      const { status, warnings, body } = await server.client.apply(pod('agents', RESTRICTED), true);

      expect({ status, warnings, message: body.message }).toEqual({ status: 201, warnings: [], message: undefined });
    });

    testWith([SERVER, 'helm4'], 'warns of a deployment whose pods it would refuse', async () => {
      const labels = { app: 'sample' };
      const { status, warnings } = await server.client.apply(
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'sample', namespace: 'agents' },
          spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod('agents', {}).spec } },
        },
        true,
      );

      expect(status).toBe(201);
      expect(warnings).toEqual([expect.stringMatching(/would violate PodSecurity "restricted:v1.36"/)]);
    });

    const answerTo = async (object: ApiObject) => (await server.client.apply(object, true)).body.message ?? 'accepted';
    // a policy counts a moment after it was applied
    const soon = { timeout: 30_000, interval: 250 };

    testWith([SERVER, 'helm4'], 'refuses an image that has no tag or the tag latest', async () => {
      for (const image of ['registry.example:5000/main', 'registry.example/main:latest']) {
        await expect
          .poll(() => answerTo(pod('agents', RESTRICTED, image)), soon)
          .toMatch(
            /denied request: images must (have a tag other than latest|be named by their digest).*, got registry/,
          );
      }
    });

    testWith([SERVER, 'helm4'], `${cluster.endsWith('staging') ? 'refuses' : 'takes'} an image by a tag`, async () => {
      const expected = cluster.endsWith('staging') ? /images must be named by their digest/ : /^accepted$/;

      await expect
        .poll(() => answerTo(pod('agents', RESTRICTED, 'registry.example/main:1.2.3')), soon)
        .toMatch(expected);
    });

    testWith([SERVER, 'helm4'], 'refuses a pod that would get the token of the default account', async () => {
      const careless = structuredClone(pod('agents', RESTRICTED)) as ApiObject & { spec: Record<string, unknown> };
      delete careless.spec.automountServiceAccountToken;

      await expect.poll(() => answerTo(careless), soon).toMatch(/must set automountServiceAccountToken to false/);
    });

    for (const [mistake, context, message] of [
      [
        'a privileged pod',
        { ...RESTRICTED, allowPrivilegeEscalation: true, privileged: true },
        /violates PodSecurity.*privileged/,
      ],
      ['a pod that may run as root', { ...RESTRICTED, runAsNonRoot: false }, /violates PodSecurity.*runAsNonRoot/],
      ['a pod that says nothing about its security', {}, /violates PodSecurity "restricted:v1.36"/],
    ] as const) {
      testWith([SERVER, 'helm4'], `refuses ${mistake}`, async () => {
        const { status, body } = await server.client.apply(pod('agents', context), true);

        expect(body.message).toMatch(message);
        expect(status).toBe(403);
      });
    }
  });
});

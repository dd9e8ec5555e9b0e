// @vitest-environment jsdom
// The card on an entity's page of Backstage's own test app, with the real client of the
// Kubernetes plugin: what it says where a backend refuses is its own text, which the card reads.
import { cleanup, screen } from '@testing-library/react';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { KubernetesBackendClient, kubernetesApiRef, kubernetesAuthProvidersApiRef } from '@backstage/plugin-kubernetes-react';
import { afterEach, expect, test } from 'vitest';
import plugin from '../src';
import { recorded } from './recorded.mjs';

afterEach(cleanup);

const entity = (
  type = 'database',
  annotations: Record<string, string> = { 'backstage.io/kubernetes-id': 'gcp-payments-prod-cloudsql-main' },
) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'gcp-payments-prod-cloudsql-main', namespace: 'default', annotations },
  spec: { type, owner: 'team-payments' },
});

const auth = { decorateRequestBodyForAuth: async (_: string, body: object) => body, getCredentials: async () => ({}) };

type Answer = { status?: number; body?: object } | Error;
const all: string[] = [];

// A client of a backend that answers so.
function client(answers: Record<string, Answer>) {
  const fetch = async (input: RequestInfo | URL) => {
    const path = String(input).replace('http://backend', '');
    all.push(path);
    const answer =
      path === '/clusters'
        ? { body: { items: [{ name: 'mgmt', authProvider: 'serviceAccount' }] } }
        : (answers[path] ?? answers['*'] ?? { status: 404 });
    if (answer instanceof Error) {
      throw answer;
    }
    return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status ?? 200 });
  };
  return new KubernetesBackendClient({
    discoveryApi: { getBaseUrl: async () => 'http://backend' },
    fetchApi: { fetch },
    kubernetesAuthProvidersApi: auth as never,
  });
}

const custom = '/resources/custom/query';
const found = (...objects: object[]) => ({
  body: {
    items: [{ cluster: { name: 'mgmt' }, resources: [{ type: 'customresources', resources: objects }], podMetrics: [], errors: [] }],
  },
});

function show(answers: Record<string, Answer> | undefined, of = entity()) {
  all.length = 0;
  renderTestApp({
    features: [plugin],
    extensions: [createTestEntityPage({ entity: of })],
    ...(answers && {
      apis: [
        [kubernetesApiRef, client(answers)],
        [kubernetesAuthProvidersApiRef, auth as never],
      ] as const,
    }),
  });
}

const see = (text: string | RegExp) => screen.findByText(text, undefined, { timeout: 30_000 });

test('a claim that is being created', async () => {
  show({ [custom]: found(recorded('payments-prod-infra/cloudsql-main')) });
  await see('Being created');
  await see('Database is being created.');
  await see('PostgreSQL 17');
  await see('Google Cloud, europe-west1');
  await see('Ready False');
  await see('Synced True');
  await see('Database claim');
  expect(all, 'Claims alone are asked for.').toEqual(['/clusters', custom]);
});

const refusals: Record<string, { reason: string; answer: Answer; title: string }> = {
  Forbidden: {
    reason: 'A user without the permission.',
    answer: { status: 403, body: { error: { name: 'NotAllowedError' } } },
    title: 'Not allowed',
  },
  SignedOut: { reason: 'A user whose sign-in has run out.', answer: { status: 401 }, title: 'Not signed in' },
  Missing: { reason: 'A backend without the plugin.', answer: { status: 404 }, title: 'No Kubernetes plugin' },
  Broken: {
    reason: 'A plugin that fails says why.',
    answer: { status: 500, body: { error: { message: 'no bearer token' } } },
    title: 'Kubernetes cannot be asked',
  },
  Unreached: { reason: 'A backend that does not answer.', answer: new TypeError('Failed to fetch'), title: 'Backstage is not reached' },
};

for (const [name, { answer, title }] of Object.entries(refusals)) {
  test(`the plugin refuses: ${name}`, async () => {
    show({ [custom]: answer });
    await see(title);
  });
}

test('no claim, and nothing that it is made of', async () => {
  show({ [custom]: { body: { items: [] } }, '*': { body: { items: [] } } });
  await see('No claim found');
  expect(all, 'Only then all kinds are asked for.').toContain('/services/gcp-payments-prod-cloudsql-main');
});

test('an app without the Kubernetes plugin', async () => {
  show(undefined);
  await see('This app has no Kubernetes plugin, by which the card asks for claims.');
});

const others = {
  Foreign: { reason: 'A type that is none of the platform’s.', of: entity('vm') },
  Unannotated: { reason: 'A database that the Kubernetes plugin does not look for.', of: entity('database', {}) },
};

for (const [name, { reason, of }] of Object.entries(others)) {
  test(`no card: ${name}`, async () => {
    show({ [custom]: found() }, of);
    await new Promise(ok => setTimeout(ok, 1000));
    expect(all, reason).toEqual([]);
    expect(screen.queryByText(/claim/i), reason).toBeNull();
  });
}

import { expect, test } from 'vitest';
import { address, factsOf } from '../src/claim/facts';
import type { Claim } from '../src/claim/objects';
import { claim, now, ready } from './claims';

const addresses = {
  Host: { reason: 'A host takes the port behind it.', host: '10.0.0.5', port: 5432, want: '10.0.0.5:5432' },
  Url: {
    reason: 'A bucket’s URL has its port in itself.',
    host: 'https://storage.googleapis.com',
    port: 443,
    want: 'https://storage.googleapis.com',
  },
  Portless: { reason: 'Without a port the host stands alone.', host: 'db.example.com', port: undefined, want: 'db.example.com' },
  IPv6: { reason: 'An IPv6 address takes brackets before a port.', host: 'fd00::5', port: 6379, want: '[fd00::5]:6379' },
};

for (const [name, { reason, host, port, want }] of Object.entries(addresses)) {
  test(`address: ${name}`, () => expect(address(host, port), reason).toBe(want));
}

interface Case {
  reason: string;
  spec?: Claim['spec'];
  status?: Claim['status'];
  want: Record<string, string>;
}

const cases: Record<string, Case> = {
  Database: {
    reason: 'A database that runs has all lines, and the cloud’s own name of the region.',
    status: {
      conditions: ready,
      resource: {
        provider: 'gcp',
        region: 'europe-west1',
        engine: 'postgres',
        version: '17',
        endpoint: '10.0.0.5',
        port: 5432,
        name: 'gcp-payments-prod-main',
      },
    },
    want: {
      Provider: 'Google Cloud, europe-west1',
      Engine: 'PostgreSQL 17',
      Endpoint: '10.0.0.5:5432',
      Name: 'gcp-payments-prod-main',
      Age: '3 days',
    },
  },
  Asked: {
    reason: 'Before anything is composed the claim’s own words stand.',
    spec: { provider: 'ibm', region: 'eu-west', database: { engine: 'mysql', version: '8.4' } },
    status: {},
    want: { Provider: 'IBM Cloud, eu-west', Engine: 'MySQL 8.4', Endpoint: 'not known yet' },
  },
  Selector: {
    reason: 'A claim may name its provider by a label of its compositionSelector.',
    spec: { provider: undefined, compositionSelector: { matchLabels: { provider: 'azure' } } },
    status: {},
    want: { Provider: 'Azure' },
  },
  NamespacedSelector: {
    reason: 'A namespaced XR has its compositionSelector below spec.crossplane.',
    spec: { provider: undefined, crossplane: { compositionSelector: { matchLabels: { provider: 'aws' } } } },
    status: {},
    want: { Provider: 'AWS' },
  },
  Settings: {
    reason: 'Where neither claim nor status name a provider, nothing is made up.',
    spec: { provider: undefined },
    status: {},
    want: { Provider: 'not known yet' },
  },
  Bucket: {
    reason: 'A bucket has a name and a URL, and no engine.',
    spec: { provider: 'aws', type: 'bucket' },
    status: {
      conditions: ready,
      resource: {
        provider: 'aws',
        region: 'eu-west-1',
        name: 'aws-payments-dev-s3-main-5708e494',
        endpoint: 'https://s3.eu-west-1.amazonaws.com',
      },
    },
    want: { Bucket: 'aws-payments-dev-s3-main-5708e494', Endpoint: 'https://s3.eu-west-1.amazonaws.com' },
  },
  Adopted: {
    reason: 'An adopted database is ready without an endpoint, since nobody here knows its password.',
    status: { conditions: ready, resource: { provider: 'gcp' } },
    want: { Endpoint: 'none published' },
  },
};

for (const [name, { reason, spec, status, want }] of Object.entries(cases)) {
  test(`factsOf: ${name}`, () => {
    const facts = Object.fromEntries(factsOf(claim({ spec, status }), now).map(f => [f.label, f.text]));
    expect(facts, reason).toMatchObject(want);
  });
}

test('factsOf: a bucket has no engine', () => {
  const labels = factsOf(claim({ spec: { type: 'bucket' }, status: {} }), now).map(f => f.label);
  expect(labels, 'Of what has no engine no line stands empty.').toEqual(['Provider', 'Size', 'Endpoint', 'Age']);
});

// Claims as a cluster has them, put together from what the project's own renders say: the
// example is what a team applies, the golden is the status that the functions give its XR.
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

// Not new URL: in a test of components that is the page's.
const root = `${resolve(fileURLToPath(import.meta.url), '../../../../..')}/`;
const examples = `${root}examples/claims/`;
const goldens = `${root}test/render/testdata/`;

/** All examples, as "payments-prod-infra/cloudsql-main". */
export const names = readdirSync(examples)
  .flatMap(namespace => readdirSync(examples + namespace).map(file => `${namespace}/${file.replace('.yaml', '')}`))
  .sort();

/**
 * A claim by the name of its example.
 *
 * @param {string} name
 * @param {{ since?: string, render?: string, namespaced?: boolean }} options since when it is so,
 *   another render than the golden, and whether it is a namespaced XR
 */
export function recorded(name, { since = '2026-11-27T11:00:00Z', render, namespaced = false } = {}) {
  const example = parse(readFileSync(`${examples}${name}.yaml`, 'utf8'));
  const text = readFileSync(render ?? `${goldens}${name}-claim.yaml`, 'utf8');
  const xr = parseAllDocuments(text)
    .map(doc => doc.toJS())
    .find(o => o?.kind === 'XResource' || (o?.kind === 'Resource' && o.status));
  const entity = xr.status.resource.entity.split('/')[1];
  const { name: own, namespace, labels } = example.metadata;
  const { resource, size, cost } = xr.status;
  return {
    apiVersion: example.apiVersion,
    kind: example.kind,
    metadata: {
      name: own,
      namespace,
      uid: name,
      generation: 1,
      creationTimestamp: since,
      labels: { ...labels, 'backstage.io/kubernetes-id': entity },
    },
    spec: example.spec,
    status: { conditions: (namespaced ? ownOf : claimOf)(xr).map(c => ({ ...c, lastTransitionTime: since })), resource, size, cost },
  };
}

const ownOf = xr => xr.status.conditions;

// What Crossplane's claim reconciler copies of an XR, and what it says itself
// (internal/controller/apiextensions/claim/reconciler.go of 2.4.0).
function claimOf(xr) {
  const of = type => xr.status.conditions.find(c => c.type === type);
  const ready = of('Ready').status === 'True';
  return [
    { type: 'Synced', status: 'True', reason: 'ReconcileSuccess' },
    ...xr.status.claimConditionTypes.map(of),
    ready
      ? { type: 'Ready', status: 'True', reason: 'Available' }
      : { type: 'Ready', status: 'False', reason: 'Waiting', message: 'Claim is waiting for composite resource to become Ready' },
  ];
}

/** What a golden's claim is made of: its managed resources, with the labels of the tagger. */
export function parts(name) {
  return parseAllDocuments(readFileSync(`${goldens}${name}-claim.yaml`, 'utf8'))
    .map(doc => doc.toJS())
    .filter(o => o?.metadata?.labels?.['backstage.io/kubernetes-id'] && o.kind !== 'Secret')
    .map(({ apiVersion, kind, metadata }) => ({
      apiVersion,
      kind,
      metadata: { name: metadata.name, uid: metadata.name, labels: metadata.labels },
    }));
}

import type { ObjectsByEntityResponse } from '@backstage/plugin-kubernetes-common';
import { expect, test } from 'vitest';
import { isWhole } from '../src/claim/answer';
import { missing, selectorOf } from '../src/claim/missing';
import type { KubeObject } from '../src/claim/objects';
import { ago, condition } from './claims';

const entity = (annotations: Record<string, string> = {}) => ({ metadata: { name: 'gcp-payments-prod-main', annotations } });
const label = 'backstage.io/kubernetes-id=gcp-payments-prod-main';

const selectors = {
  Selector: { reason: 'A selector is taken as it is.', annotations: { 'backstage.io/kubernetes-label-selector': 'a=b' }, want: 'a=b' },
  Id: {
    reason: 'An id is the value of the plugin’s own label.',
    annotations: { 'backstage.io/kubernetes-id': 'x' },
    want: 'backstage.io/kubernetes-id=x',
  },
  Both: {
    reason: 'The selector goes before the id.',
    annotations: { 'backstage.io/kubernetes-label-selector': 'a=b', 'backstage.io/kubernetes-id': 'x' },
    want: 'a=b',
  },
  Neither: { reason: 'Without either the entity’s name stands in.', annotations: {}, want: label },
};

for (const [name, { reason, annotations, want }] of Object.entries(selectors)) {
  test(`selectorOf: ${name}`, () => expect(selectorOf(entity(annotations as Record<string, string>)), reason).toBe(want));
}

const part = (kind: string, more: KubeObject['metadata'] = {}, message?: string) => ({
  cluster: 'mgmt',
  object: {
    kind,
    metadata: {
      name: 'x',
      labels: { 'crossplane.io/claim-name': 'main', 'crossplane.io/claim-namespace': 'payments-prod-infra' },
      ...more,
    },
    status: { conditions: message ? [condition('Synced', 'False', 'ReconcileError', message)] : [] },
  },
});
const gone = { deletionTimestamp: ago(10) };
const namespaced = { namespace: 'payments-prod-infra', labels: { 'crossplane.io/composite': 'main' } };

const cases = {
  Nothing: {
    reason: 'Where nothing is there, nobody knows whether it was.',
    left: [],
    title: 'No claim found',
    text: `Nothing has the label ${label}.`,
  },
  Deleted: {
    reason: 'What waits for deletion is of a claim that was deleted, and says what holds it.',
    left: [part('Bucket', gone, 'delete failed: BucketNotEmpty')],
    title: 'Claim deleted',
    text: 'The claim payments-prod-infra/main is gone. What it was made of waits for deletion (1 resource: Bucket). Delete failed: BucketNotEmpty.',
  },
  Unlabelled: {
    reason: 'What lives is of a claim that lacks the label, since only what is composed has it by itself.',
    left: [part('DatabaseInstance'), part('User')],
    title: 'Claim without its label',
    text: `What the claim payments-prod-infra/main is made of is there (2 resources: DatabaseInstance and User), but no claim has the label ${label}.`,
  },
  Half: {
    reason: 'Where a part of it lives, the claim does.',
    left: [part('DatabaseInstance'), part('User', gone)],
    title: 'Claim without its label',
    text: 'What the claim payments-prod-infra/main is made of is there',
  },
  Namespaced: {
    reason: 'Resources of a namespaced XR name it by another label, and stand in its namespace.',
    left: [part('DatabaseInstance', namespaced)],
    title: 'Claim without its label',
    text: 'What the claim payments-prod-infra/main is made of is there (1 resource: DatabaseInstance)',
  },
  Many: {
    reason: 'Of many kinds three are named.',
    left: ['A', 'B', 'C', 'D', 'E'].map(kind => part(kind)),
    title: 'Claim without its label',
    text: '(5 resources: A, B, C and 2 more kinds)',
  },
};

for (const [name, { reason, left, title, text }] of Object.entries(cases)) {
  test(`missing: ${name}`, () => {
    const notice = missing(entity(), left, true);
    expect(notice.title, reason).toBe(title);
    expect(notice.text, reason).toContain(text);
  });
}

test('missing: not all was asked for', () => {
  const { title, text } = missing(entity(), [], false);
  expect(title, 'That no cluster has the claim is known.').toBe('No claim found');
  expect(text, 'Nobody knows what is there where a question was refused.').not.toContain('Nothing');
  expect(text).toContain(`No claim has the label ${label}.`);
  expect(text).toContain('could not be asked for');
});

const answered = (...statusCodes: number[]): ObjectsByEntityResponse => ({
  items: [
    { cluster: { name: 'mgmt' }, resources: [], podMetrics: [], errors: statusCodes.map(code => ({ errorType: 'UNKNOWN_ERROR', statusCode: code, resourcePath: '/' })) },
  ],
});
const wholes: Record<string, { reason: string; given: ObjectsByEntityResponse | undefined; want: boolean }> = {
  Empty: { reason: 'No cluster is in the answer where none has anything.', given: { items: [] }, want: true },
  Absent: { reason: 'Of a kind that a cluster does not serve it has nothing.', given: answered(404), want: true },
  Refused: { reason: 'What may not be listed may be there.', given: answered(404, 403), want: false },
  Failed: { reason: 'A question without an answer tells nothing.', given: undefined, want: false },
};

for (const [name, { reason, given, want }] of Object.entries(wholes)) {
  test(`isWhole: ${name}`, () => expect(isWhole(given), reason).toBe(want));
}

test('missing: a named cluster', () => {
  const notice = missing(entity({ 'backstage.io/kubernetes-cluster': 'mgmt' }), [], true);
  expect(notice.text, 'An entity that names its cluster is told where nothing was found.').toContain('Nothing on mgmt has');
});

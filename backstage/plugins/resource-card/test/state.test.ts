import type { ObjectsByEntityResponse } from '@backstage/plugin-kubernetes-common';
import { expect, test } from 'vitest';
import { Known, stateOf } from '../src/claim/state';
import { claim, claimWith, condition, now } from './claims';

const entity = { metadata: { name: 'gcp-payments-prod-main' } };
const objects = (...claims: object[]): ObjectsByEntityResponse => ({
  items: claims.length
    ? [{ cluster: { name: 'mgmt' }, resources: [{ type: 'customresources', resources: claims }], podMetrics: [], errors: [] }]
    : [],
});
const creating = claimWith(
  condition('Ready', 'False', 'Waiting'),
  condition('Provisioned', 'False', 'Creating', 'database is being created'),
);

interface Case {
  reason: string;
  known: Known;
  is: string;
  busy?: boolean;
  claims?: number;
  title?: string;
}

const cases: Record<string, Case> = {
  Waiting: { reason: 'Nothing is known before the first answer.', known: {}, is: 'waiting' },
  Ready: {
    reason: 'A claim that is ready is asked for less often.',
    known: { objects: objects(claim()), at: now },
    is: 'shown',
    busy: false,
    claims: 1,
  },
  Creating: {
    reason: 'A claim that changes is asked for often.',
    known: { objects: objects(creating), at: now },
    is: 'shown',
    busy: true,
    claims: 1,
  },
  Missing: { reason: 'No claim and no error is that there is none.', known: { objects: objects(), at: now }, is: 'missing' },
  Failed: {
    reason: 'An error before the first answer stands alone.',
    known: { error: 'Failed to fetch' },
    is: 'shown',
    busy: true,
    claims: 0,
    title: 'Backstage is not reached',
  },
  Stale: {
    reason: 'An error after an answer leaves what is known, and says how old it is.',
    known: { objects: objects(claim()), at: now - 5 * 60_000, error: 'Failed to fetch' },
    is: 'shown',
    busy: true,
    claims: 1,
    title: 'Backstage is not reached',
  },
  StaleMissing: {
    reason: 'That there is no claim is not said of an answer that is old.',
    known: { objects: objects(), at: now - 5 * 60_000, error: 'Failed to fetch' },
    is: 'shown',
    busy: true,
    claims: 0,
    title: 'Backstage is not reached',
  },
};

for (const [name, { reason, known, is, busy, claims, title }] of Object.entries(cases)) {
  test(`stateOf: ${name}`, () => {
    const state = stateOf(entity, known, now);
    expect(state.is, reason).toBe(is);
    if (state.is === 'shown') {
      expect({ busy: state.busy, claims: state.claims.length, title: state.notices[0]?.title }, reason).toEqual({ busy, claims, title });
    }
  });
}

test('stateOf: how old', () => {
  const state = stateOf(entity, { objects: objects(claim()), at: now - 5 * 60_000, error: 'Failed to fetch' }, now);
  expect(state.is === 'shown' && state.notices[0].text, 'What is shown may no longer be so.').toContain('What is shown is 5 minutes old.');
});

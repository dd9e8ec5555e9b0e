import { expect, test } from 'vitest';
import { viewOf } from '../src/claim/card';
import type { Claim } from '../src/claim/objects';
import { ago, claim, claimWith, condition, now } from './claims';

const waiting = condition('Ready', 'False', 'Waiting');

const cases: Record<string, { reason: string; claim: Claim; want: string[] }> = {
  Ready: { reason: 'Of a claim that is ready both are good.', claim: claimWith(), want: ['success Ready True', 'success Synced True'] },
  Creating: {
    reason: 'A claim that is being created is taken up, and that it is not ready yet stands out.',
    claim: claimWith(waiting, condition('Provisioned', 'False', 'Creating', 'database is being created')),
    want: ['warning Ready False', 'success Synced True'],
  },
  Refused: {
    reason: 'A refused claim of a live resource stays Ready and Synced, which is no good sign beside the refusal.',
    claim: claimWith(condition('Composed', 'False', 'Refused', 'spec.region: cannot change')),
    want: ['neutral Ready True', 'neutral Synced True'],
  },
  Stopped: {
    reason: 'Of a database that was stopped Ready stays True, and nobody reaches it.',
    claim: claimWith(condition('Provisioned', 'False', 'Stopped', 'instance was stopped')),
    want: ['neutral Ready True', 'neutral Synced True'],
  },
  Deleting: {
    reason: 'A claim that goes has nothing good to say.',
    claim: claim({ metadata: { deletionTimestamp: ago(5) } }),
    want: ['neutral Ready True', 'neutral Synced True'],
  },
  Paused: {
    reason: 'What is paused is not looked at: True is of before, and False is what somebody asked for.',
    claim: claimWith(condition('Synced', 'False', 'ReconcilePaused')),
    want: ['neutral Ready True', 'neutral Synced False'],
  },
  Unread: {
    reason: 'Without conditions neither is known.',
    claim: claim({ status: {} }),
    want: ['neutral Ready Unknown', 'neutral Synced Unknown'],
  },
};

for (const [name, { reason, claim: given, want }] of Object.entries(cases)) {
  test(`lights: ${name}`, () => {
    const { lights } = viewOf({ cluster: 'mgmt', object: given }, now);
    expect(
      lights.map(l => `${l.tone} ${l.label} ${l.value}`),
      reason,
    ).toEqual(want);
  });
}

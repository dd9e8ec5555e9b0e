import { expect, test } from 'vitest';
import { notesOf } from '../src/claim/notes';
import type { Claim } from '../src/claim/objects';
import { standingOf } from '../src/claim/standing';
import { claim, claimWith, condition, now, ready } from './claims';

const creating = condition('Provisioned', 'False', 'Creating', 'database is being created');

const cases: Record<string, { reason: string; claim: Claim; want: string[] }> = {
  Ready: { reason: 'A claim of which all is well has no notes: its size and tags stand elsewhere.', claim: claimWith(), want: [] },
  Creating: {
    reason: 'The condition that decided is not repeated.',
    claim: claimWith(condition('Ready', 'False', 'Waiting'), creating),
    want: [],
  },
  Refused: {
    reason: 'Beside a refusal stands what the cloud says of what lives on.',
    claim: claimWith(
      condition('Composed', 'False', 'Refused', 'spec.region: cannot change'),
      condition('Provisioned', 'False', 'Stopped', 'instance was stopped'),
    ),
    want: ['warning Provisioned Stopped'],
  },
  NotComposed: {
    reason: 'That nothing is composed is what a refusal says already.',
    claim: claimWith(
      condition('Composed', 'False', 'InvalidClaim', 'spec.profile: no'),
      condition('Provisioned', 'Unknown', 'NotComposed', 'nothing is composed'),
    ),
    want: [],
  },
  FatalError: {
    reason: 'What Crossplane says of functions that a refusal kept from running is no word more.',
    claim: claimWith(
      condition('Composed', 'False', 'InvalidClaim', 'spec.profile: no'),
      ...['Sized', 'CostTagged'].map(type => condition(type, 'Unknown', 'FatalError', 'A fatal error occurred.')),
    ),
    want: [],
  },
  Public: {
    reason: 'What is to know of a claim that is well is told as such.',
    claim: claimWith(condition('Composed', 'True', 'PublicEndpoint', 'the endpoint is public')),
    want: ['info Composed Public endpoint'],
  },
  NoNetwork: {
    reason: 'A claim without a network is warned of, though it is composed.',
    claim: claimWith(condition('Composed', 'True', 'NoNetwork', 'nobody reaches it')),
    want: ['warning Composed No network'],
  },
  HeldBack: {
    reason: 'A size that waits is warned of.',
    claim: claimWith(condition('Sized', 'False', 'HeldBack', 'the disk waits')),
    want: ['warning Sized Held back'],
  },
  Kept: {
    reason: 'Why a size is other than what is asked for stands behind the size.',
    claim: claimWith(
      condition('Sized', 'True', 'Sized', 'medium: db-custom-4-16384 (4 vCPU, 16 GiB), 250 GiB of disk; the disk keeps its 250 GiB'),
    ),
    want: ['info Sized Sized'],
  },
  TagsDropped: {
    reason: 'Tags that are missing are warned of.',
    claim: claimWith(condition('CostTagged', 'False', 'TagsDropped', 'team: 70 characters')),
    want: ['warning CostTagged Tags dropped'],
  },
  Observed: {
    reason: 'Tags that nobody asks to be written are told without a warning.',
    claim: claimWith(condition('CostTagged', 'False', 'Observed', 'Manage would add team')),
    want: ['info CostTagged Observed'],
  },
  EndsSoon: {
    reason: 'A version that ends within half a year is told of.',
    claim: claimWith(condition('EndOfLife', 'True', 'EndsSoon', 'the support of postgres 14 ends on 2027-02-01')),
    want: ['info EndOfLife Ends soon'],
  },
  Ended: {
    reason: 'A version that has ended is warned of.',
    claim: claimWith(condition('EndOfLife', 'True', 'Ended', 'the support of postgres 14 ended on 2027-02-01')),
    want: ['warning EndOfLife Ended'],
  },
  Supported: {
    reason: 'After an upgrade there is nothing to say of a version.',
    claim: claimWith(condition('EndOfLife', 'False', 'Supported')),
    want: [],
  },
  Delivered: {
    reason: 'Where a connection was delivered to is told.',
    claim: claimWith(condition('Delivered', 'True', 'Delivered', 'the connection Secret is in the ClusterSecretStore vault, as a/dev/b')),
    want: ['info Delivered Delivered'],
  },
  StoreError: {
    reason: 'A store that refuses a connection is warned of.',
    claim: claimWith(condition('Delivered', 'False', 'StoreError', 'PushSecret a: could not write')),
    want: ['warning Delivered Store error'],
  },
  Rotating: {
    reason: 'Somebody who asked for another password sees how far it is.',
    claim: claimWith(condition('Rotated', 'False', 'Rotating', 'the new password is sent')),
    want: ['info Rotated Rotating'],
  },
  RotationWaits: {
    reason: 'A word that does not count yet is warned of.',
    claim: claimWith(condition('Rotated', 'False', 'Waiting', 'RDS reports the status stopped')),
    want: ['warning Rotated Waiting'],
  },
  RotationNotAsked: {
    reason: 'That nobody asks for another password any more is nothing to tell.',
    claim: claimWith(condition('Rotated', 'False', 'NotAsked', 'the claim has no annotation')),
    want: [],
  },
  Behind: {
    reason: 'An edit that Crossplane has not seen makes all of it one of before.',
    claim: claim({
      metadata: { generation: 3 },
      status: { conditions: ready.map(c => ({ ...c, observedGeneration: c.type === 'Synced' ? 2 : undefined })) },
    }),
    want: ['info Synced Edit not taken up'],
  },
  Seen: {
    reason: 'An edit that Crossplane has seen has no note.',
    claim: claim({ metadata: { generation: 3 }, status: { conditions: ready.map(c => ({ ...c, observedGeneration: 3 })) } }),
    want: [],
  },
  Legacy: {
    reason: 'Crossplane 1.20 tells no generation, and nothing follows from that.',
    claim: claim({ metadata: { generation: 3 } }),
    want: [],
  },
};

for (const [name, { reason, claim: given, want }] of Object.entries(cases)) {
  test(`notesOf: ${name}`, () => {
    const notes = notesOf(given, standingOf(given, now)).map(n => `${n.tone} ${n.from} ${n.title}`);
    expect(notes, reason).toEqual(want);
  });
}

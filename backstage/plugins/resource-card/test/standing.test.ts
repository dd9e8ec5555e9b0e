import { expect, test } from 'vitest';
import type { Claim } from '../src/claim/objects';
import { composed, provisioned, sized } from '../src/claim/reasons';
import { standingOf } from '../src/claim/standing';
import { ago, claim, claimWith, condition, now, withConditions } from './claims';

const waiting = condition('Ready', 'False', 'Waiting', 'Claim is waiting for composite resource to become Ready');
const creating = condition('Provisioned', 'False', 'Creating', 'database is being created', 12);
const refused = condition(
  'Composed',
  'False',
  'InvalidClaim',
  'spec.profile: "huge" is not allowed; allowed are nano, small, medium, large, xlarge',
);

const fatal = 'A fatal error occurred before the status of this condition could be determined.';

interface Case {
  reason: string;
  claim: Claim;
  want: { word: string; tone: string; by?: string; text?: string; since?: string };
}

const cases: Record<string, Case> = {
  Ready: {
    reason: 'A claim that is ready says so and nothing else.',
    claim: claimWith(),
    want: { word: 'Ready', tone: 'success', by: 'Ready', since: '60 minutes' },
  },
  Creating: {
    reason: 'What is waited for stands in Provisioned: Ready of a claim only says that it waits.',
    claim: claimWith(waiting, creating),
    want: { word: 'Being created', tone: 'info', by: 'Provisioned', text: 'Database is being created.', since: '12 minutes' },
  },
  Refused: {
    reason: 'A refused claim is Synced all the same, and Composed has the sentence.',
    claim: claimWith(waiting, refused, condition('Provisioned', 'Unknown', 'NotComposed')),
    want: {
      word: 'Refused',
      tone: 'danger',
      by: 'Composed',
      text: 'spec.profile: "huge" is not allowed; allowed are nano, small, medium, large, xlarge.',
    },
  },
  ReadyButStopped: {
    reason: 'A database that somebody stopped stays Ready, and is not what somebody looks for.',
    claim: claimWith(condition('Provisioned', 'False', 'Stopped', 'instance was stopped: RDS reports stopped')),
    want: { word: 'Stopped', tone: 'danger', by: 'Provisioned' },
  },
  ReadyAndChanging: {
    reason: 'A resource that changes and serves meanwhile is told to be changing.',
    claim: claimWith(condition('Provisioned', 'True', 'Changing', 'instance is modifying')),
    want: { word: 'Changing', tone: 'info', by: 'Provisioned' },
  },
  ProviderError: {
    reason: 'An error of a provider is shown while everything is Ready.',
    claim: claimWith(condition('Provisioned', 'False', 'ProviderError', 'instance: quota exceeded')),
    want: { word: 'Cloud reports an error', tone: 'danger', by: 'Provisioned', text: 'instance: quota exceeded.' },
  },
  Awaiting: {
    reason: 'A claim that waits for settings says so before it says that nothing is made.',
    claim: claimWith(
      waiting,
      condition('Composed', 'Unknown', 'AwaitingSettings', 'platform-prod is not there'),
      condition('Provisioned', 'Unknown', 'NotComposed'),
    ),
    want: { word: 'Waits for settings', tone: 'warning', by: 'Composed' },
  },
  SizerRefuses: {
    reason: 'A profile that the sizer refuses stops the claim, as one that the first function refuses.',
    claim: claimWith(waiting, condition('Sized', 'False', 'InvalidProfile', 'no profile "huge"')),
    want: { word: 'Profile refused', tone: 'danger', by: 'Sized' },
  },
  TaggerRefuses: {
    reason: 'Tags that are refused stop the claim.',
    claim: claimWith(waiting, condition('CostTagged', 'False', 'InvalidTags', 'tags: 51 are too many')),
    want: { word: 'Tags refused', tone: 'danger', by: 'CostTagged' },
  },
  TaggerFailed: {
    reason: 'A step that failed stops the claim: Crossplane marks so what no function told any more.',
    claim: claimWith(condition('CostTagged', 'Unknown', 'FatalError', fatal)),
    want: { word: 'Fatal error', tone: 'danger', by: 'CostTagged', text: fatal },
  },
  FirstFailed: {
    reason: 'A first function that does not answer leaves all conditions unknown, and Ready as it was.',
    claim: claimWith(...['Composed', 'Provisioned', 'Sized', 'CostTagged'].map(type => condition(type, 'Unknown', 'FatalError', fatal))),
    want: { word: 'Fatal error', tone: 'danger', by: 'Composed' },
  },
  FailedNamespaced: {
    reason: 'A namespaced XR says in Synced what failed, where a claim does not.',
    claim: claimWith(
      condition('Composed', 'Unknown', 'FatalError', fatal),
      condition('Synced', 'False', 'ReconcileError', 'cannot compose resources: connection refused'),
    ),
    want: { word: 'Not synced', tone: 'danger', by: 'Synced', text: 'Cannot compose resources: connection refused.' },
  },
  NewerSizer: {
    reason: 'A reason of a newer sizer or tagger stops the claim, unless it is known not to.',
    claim: claimWith(condition('Sized', 'False', 'MoonNotFull', 'the moon is not full')),
    want: { word: 'Moon not full', tone: 'danger', by: 'Sized' },
  },
  Untagged: {
    reason: 'Tags that are missing stop nothing.',
    claim: claimWith(condition('CostTagged', 'False', 'TagsDropped', 'team: 70 characters')),
    want: { word: 'Ready', tone: 'success', by: 'Ready' },
  },
  HeldBack: {
    reason: 'A size that waits stops nothing: the claim is ready.',
    claim: claimWith(condition('Sized', 'False', 'HeldBack', 'the disk waits')),
    want: { word: 'Ready', tone: 'success', by: 'Ready' },
  },
  NotSynced: {
    reason: 'What the API server refuses stands in Synced, and goes before what a cloud says.',
    claim: claimWith(waiting, creating, condition('Synced', 'False', 'ReconcileError', 'cannot apply composite resource: conflict')),
    want: { word: 'Not synced', tone: 'danger', by: 'Synced', text: 'Cannot apply composite resource: conflict.' },
  },
  Paused: {
    reason: 'A paused claim has conditions of before, of which none is believed.',
    claim: claim({
      metadata: { annotations: { 'crossplane.io/paused': 'true' } },
      status: {
        conditions: withConditions(
          refused,
          condition('Synced', 'False', 'ReconcilePaused', 'Reconciliation (including deletion) is paused via the pause annotation', 30),
        ),
      },
    }),
    want: { word: 'Paused', tone: 'neutral', by: 'Synced', since: '30 minutes' },
  },
  PausedUnread: {
    reason: 'The annotation counts before Crossplane has looked at it.',
    claim: claim({ metadata: { annotations: { 'crossplane.io/paused': 'true' } } }),
    want: { word: 'Paused', tone: 'neutral', by: 'Synced' },
  },
  NotPaused: {
    reason: 'The annotation with another value than true pauses nothing.',
    claim: claim({ metadata: { annotations: { 'crossplane.io/paused': 'false' } } }),
    want: { word: 'Ready', tone: 'success' },
  },
  Deleting: {
    reason: 'A claim that was deleted is told to go, whatever its conditions say.',
    claim: claim({ metadata: { deletionTimestamp: ago(5) } }),
    want: {
      word: 'Being deleted',
      tone: 'warning',
      since: '5 minutes',
      text: 'The claim was deleted, and goes once what it is made of has gone.',
    },
  },
  DeletingStuck: {
    reason: 'What keeps Crossplane from deleting stands in Synced.',
    claim: claim({
      metadata: { deletionTimestamp: ago(5) },
      status: { conditions: [condition('Synced', 'False', 'ReconcileError', 'cannot delete composite resource')] },
    }),
    want: { word: 'Being deleted', tone: 'warning', text: 'Cannot delete composite resource.' },
  },
  DeletingPaused: {
    reason: 'A deleted claim that is paused does not go, and says why.',
    claim: claim({ metadata: { deletionTimestamp: ago(5), annotations: { 'crossplane.io/paused': 'true' } } }),
    want: { word: 'Being deleted', tone: 'warning', text: 'It is paused, and waits until it no longer is.' },
  },
  New: {
    reason: 'A claim of this minute has no conditions, which worries nobody.',
    claim: claim({ metadata: { creationTimestamp: ago(1) }, status: {} }),
    want: { word: 'Just made', tone: 'info' },
  },
  Unread: {
    reason: 'A claim of an hour without conditions is one that nobody looks at.',
    claim: claim({ metadata: { creationTimestamp: ago(60) }, status: {} }),
    want: { word: 'Not looked at', tone: 'warning', since: '60 minutes' },
  },
  UnknownReason: {
    reason: 'A reason of a newer function is shown by its own word.',
    claim: claimWith(waiting, condition('Composed', 'False', 'MoonNotFull', 'the moon is not full')),
    want: { word: 'Moon not full', tone: 'danger', by: 'Composed' },
  },
  OnlyReady: {
    reason: 'A claim of a composition without these functions has Synced and Ready alone.',
    claim: claim({ status: { conditions: [condition('Synced', 'True', 'ReconcileSuccess'), waiting] } }),
    want: { word: 'Not ready', tone: 'warning', by: 'Ready' },
  },
  NoReady: {
    reason: 'Without Ready nobody knows.',
    claim: claim({ status: { conditions: [condition('Synced', 'True', 'ReconcileSuccess')] } }),
    want: { word: 'Not known', tone: 'warning', by: 'Ready' },
  },
};

for (const [name, { reason, claim: given, want }] of Object.entries(cases)) {
  test(`standingOf: ${name}`, () => {
    expect(standingOf(given, now), reason).toMatchObject(want);
  });
}

// Reasons that leave a claim ready: what they say stands below.
const harmless = ['HeldBack', 'NotSized', 'Observed', 'Paused', 'NotUpdated', 'TagsDropped', 'NotTagged', 'NoTags'];
const reasons = [...new Set([composed, provisioned, sized].flatMap(rows => Object.keys(rows))), 'Available', 'FatalError', 'MoonNotFull', ''];

for (const type of ['Composed', 'Provisioned', 'Sized', 'CostTagged', 'Synced', 'Ready']) {
  test(`standingOf: no green over a ${type} that is not True`, () => {
    const green = ['False', 'Unknown'].flatMap(status =>
      reasons.filter(reason => standingOf(claimWith(condition(type, status, reason, 'why')), now).tone === 'success'),
    );
    const allowed = type === 'Sized' || type === 'CostTagged' ? harmless : [];
    expect([...new Set(green)].filter(reason => !allowed.includes(reason))).toEqual([]);
  });
}

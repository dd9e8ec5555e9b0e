import { Answer, Found } from './answer';
import { Fact, factsOf } from './facts';
import { Notice } from './notices';
import { Note, notesOf } from './notes';
import { Claim, condition, nameOf } from './objects';
import { Tone } from './reasons';
import { Standing, standingOf } from './standing';
import { span } from './age';

/** Ready or Synced, as kubectl prints them, with for how long. */
export interface Light {
  label: string;
  value: string;
  tone: Tone;
  since?: string;
}

/** One claim as the card shows it. */
export interface ClaimView {
  key: string;
  /** namespace/name */
  name: string;
  cluster: string;
  standing: Standing;
  lights: Light[];
  notes: Note[];
  facts: Fact[];
}

/** All that the card shows once the clusters have answered. */
export interface CardView {
  claims: ClaimView[];
  notices: Notice[];
}

export function cardOf(answer: Answer, now: number): CardView {
  const claims = answer.claims.map(found => viewOf(found, now));
  return { claims, notices: [...several(answer.claims), ...answer.notices] };
}

export function viewOf({ cluster, object: claim }: Found, now: number): ClaimView {
  const standing = standingOf(claim, now);
  return {
    key: [cluster, claim.metadata?.uid ?? nameOf(claim)].join('/'),
    name: nameOf(claim),
    cluster,
    standing,
    lights: ['Ready', 'Synced'].map(type => light(claim, type, standing, now)),
    notes: notesOf(claim, standing),
    facts: factsOf(claim, now),
  };
}

function light(claim: Claim, type: string, standing: Standing, now: number): Light {
  const c = condition(claim, type);
  const value = c?.status ?? 'Unknown';
  // No green tick beside what is wrong: Ready and Synced stay True of a claim that was refused or
  // whose resource was stopped, and of one that is paused they are of before.
  const good: Tone = standing.tone === 'success' || standing.tone === 'info' ? 'success' : 'neutral';
  const bad: Tone = c?.reason === 'ReconcilePaused' ? 'neutral' : 'warning';
  return {
    label: type,
    value,
    tone: value === 'True' ? good : value === 'False' ? bad : 'neutral',
    since: span(c?.lastTransitionTime, now),
  };
}

// An entity is one claim's: two that carry its label are a mistake, or one claim that stands on
// two control planes, which then manage one resource at the cloud.
function several(claims: Found[]): Notice[] {
  if (claims.length < 2) {
    return [];
  }
  const clusters = new Set(claims.map(f => f.cluster)).size;
  const names = new Set(claims.map(f => nameOf(f.object))).size;
  if (clusters > 1 && names === 1) {
    return [
      {
        tone: 'warning',
        title: `On ${clusters} clusters`,
        text: 'The same claim stands on each of them, and both manage one resource unless their settings say controlPlane.',
        todo: 'The platform team has to decide which of them keeps it.',
      },
    ];
  }
  return [
    {
      tone: 'warning',
      title: `${claims.length} claims found`,
      text: 'An entity stands for one claim, and each of these has its label.',
      todo: 'Give each claim the label of its own entity.',
    },
  ];
}

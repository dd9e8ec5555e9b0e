import { passedSince, span } from './age';
import { Claim, Condition, condition } from './objects';
import { Row, composed, provisioned, sized, words } from './reasons';
import { sentence } from './words';

/** How a claim stands: what the head of the card says, and the sentence that says why. */
export interface Standing extends Row {
  /** The condition that decided, which is not shown a second time. */
  by?: string;
  reason?: string;
  text?: string;
  /** For how long it has been so. */
  since?: string;
}

// For how long nobody wonders that a new claim has no conditions: Crossplane takes seconds.
const patience = 5 * 60_000;

/**
 * How a claim stands. The order is that of docs/runbooks.md: what stops Crossplane itself, then
 * Composed, where False nothing was asked of a cloud, then the other functions, then what the
 * cloud says. Ready comes last: it stays True while a cloud reports a failure, and of a claim
 * that waits it only says that it waits.
 */
export function standingOf(claim: Claim, now: number): Standing {
  return (
    deleting(claim, now) ??
    paused(claim, now) ??
    unread(claim, now) ??
    decided(claim, 'Composed', composed, now) ??
    decided(claim, 'Sized', sized, now) ??
    decided(claim, 'CostTagged', sized, now) ??
    unsynced(claim, now) ??
    decided(claim, 'Provisioned', provisioned, now) ??
    ready(claim, now)
  );
}

/** Whether Crossplane leaves the claim alone, so that its conditions are of before. */
export function isPaused(claim: Claim): boolean {
  // Taken off, the annotation is followed within seconds; until then the condition still says so.
  return claim.metadata?.annotations?.['crossplane.io/paused'] === 'true' || condition(claim, 'Synced')?.reason === 'ReconcilePaused';
}

function deleting(claim: Claim, now: number): Standing | undefined {
  const at = claim.metadata?.deletionTimestamp;
  if (!at) {
    return undefined;
  }
  const synced = condition(claim, 'Synced');
  const why = isPaused(claim) ? 'it is paused, and waits until it no longer is' : synced?.status === 'False' ? synced.message : undefined;
  return {
    word: 'Being deleted',
    tone: 'warning',
    text: why ? sentence(why) : 'The claim was deleted, and goes once what it is made of has gone.',
    since: span(at, now),
  };
}

function paused(claim: Claim, now: number): Standing | undefined {
  if (!isPaused(claim)) {
    return undefined;
  }
  const synced = condition(claim, 'Synced');
  return {
    word: 'Paused',
    tone: 'neutral',
    by: 'Synced',
    text: 'The claim has the annotation crossplane.io/paused: no edit of it does anything, and what else is said here is of before.',
    todo: 'Take the annotation off to have it go on.',
    since: synced?.reason === 'ReconcilePaused' ? span(synced.lastTransitionTime, now) : undefined,
  };
}

function unread(claim: Claim, now: number): Standing | undefined {
  if (claim.status?.conditions?.length) {
    return undefined;
  }
  const made = claim.metadata?.creationTimestamp;
  const waits = passedSince(made, now) ?? patience;
  return waits < patience
    ? { word: 'Just made', tone: 'info', text: 'Crossplane has not looked at it yet.' }
    : {
        word: 'Not looked at',
        tone: 'warning',
        text: 'Crossplane has said nothing of it.',
        todo: 'The platform team has to see whether Crossplane and its functions run.',
        since: span(made, now),
      };
}

// Reasons of Sized and CostTagged that do not stop anything are notes, not the standing.
const stops = (c: Condition) => c.type === 'Composed' || c.type === 'Provisioned' || sized[c.reason ?? '']?.tone === 'danger';

function decided(claim: Claim, type: string, rows: Record<string, Row>, now: number): Standing | undefined {
  const c = condition(claim, type);
  if (!c || !stops(c)) {
    return undefined;
  }
  // What changes, and is available meanwhile, is True.
  if (c.status === 'True' && c.reason !== 'Changing') {
    return undefined;
  }
  const known = rows[c.reason ?? ''];
  return {
    ...(known ?? { word: words(c.reason || type), tone: c.status === 'False' ? 'danger' : 'warning' }),
    by: type,
    reason: c.reason,
    text: c.message && sentence(c.message),
    since: span(c.lastTransitionTime, now),
  };
}

function unsynced(claim: Claim, now: number): Standing | undefined {
  const c = condition(claim, 'Synced');
  if (!c || c.status === 'True') {
    return undefined;
  }
  return {
    word: 'Not synced',
    tone: 'danger',
    by: 'Synced',
    reason: c.reason,
    text: c.message && sentence(c.message),
    since: span(c.lastTransitionTime, now),
  };
}

function ready(claim: Claim, now: number): Standing {
  const c = condition(claim, 'Ready');
  const since = span(c?.lastTransitionTime, now);
  if (c?.status === 'True') {
    return { word: 'Ready', tone: 'success', by: 'Ready', reason: c.reason, since };
  }
  return {
    word: c?.status === 'False' ? 'Not ready' : 'Not known',
    tone: 'warning',
    by: 'Ready',
    reason: c?.reason,
    text: c?.message && sentence(c.message),
    since,
  };
}

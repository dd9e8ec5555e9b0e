import { passedSince, span } from './age';
import { Claim, Condition, condition } from './objects';
import { Row, composed, failed, provisioned, sized, unspoken, words } from './reasons';
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
 * Composed, where False nothing was asked of a cloud, then the other functions, then what failed
 * beside them, then what the cloud says. Ready comes last: it stays True while a cloud reports a failure, and of a claim
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
    broken(claim, now) ??
    decided(claim, 'Provisioned', provisioned, now) ??
    ready(claim, now)
  );
}

/** Whether Crossplane leaves the claim alone, so that its conditions are of before. */
function isPaused(claim: Claim): boolean {
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

function decided(claim: Claim, type: string, rows: Record<string, Row>, now: number): Standing | undefined {
  const c = condition(claim, type);
  if (!c || c.reason === unspoken) {
    return undefined;
  }
  // What changes, and is available meanwhile, is True.
  if (c.status === 'True' && c.reason !== 'Changing') {
    return undefined;
  }
  const known = rows[c.reason ?? ''];
  // Of the rows of both functions behind the first one these are notes, not the standing.
  if (rows === sized && known && known.tone !== 'danger') {
    return undefined;
  }
  return { ...(known ?? { word: words(c.reason || type), tone: c.status === 'False' ? 'danger' : 'warning' }), ...saidBy(c, now) };
}

function unsynced(claim: Claim, now: number): Standing | undefined {
  const c = condition(claim, 'Synced');
  return c && c.status !== 'True' ? { word: 'Not synced', tone: 'danger', ...saidBy(c, now) } : undefined;
}

// A claim is Synced also where its XR is not. A namespaced XR has its own word for it, above.
function broken(claim: Claim, now: number): Standing | undefined {
  const c = ['Composed', 'Sized', 'CostTagged', 'Provisioned'].map(type => condition(claim, type)).find(is => is?.reason === unspoken);
  return c && { ...failed, ...saidBy(c, now) };
}

function ready(claim: Claim, now: number): Standing {
  const c = condition(claim, 'Ready');
  if (c?.status === 'True') {
    return { word: 'Ready', tone: 'success', by: 'Ready', reason: c.reason, since: span(c.lastTransitionTime, now) };
  }
  const word = c?.status === 'False' ? 'Not ready' : 'Not known';
  return { word, tone: 'warning', by: 'Ready', ...(c && saidBy(c, now)) };
}

// What a condition says, for the one that decides.
const saidBy = (c: Condition, now: number) => ({
  by: c.type,
  reason: c.reason,
  text: c.message && sentence(c.message),
  since: span(c.lastTransitionTime, now),
});

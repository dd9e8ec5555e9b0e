import type { ObjectsByEntityResponse } from '@backstage/plugin-kubernetes-common';
import { span } from './age';
import { answerOf } from './answer';
import { CardView, cardOf } from './card';
import type { Selecting } from './missing';
import { failureNotice } from './notices';

/** What is known at a moment: the last good answer with its time, and an error since then. */
export interface Known {
  objects?: ObjectsByEntityResponse;
  at?: number;
  error?: string;
}

/** What the card shows: that it waits, that there is no claim, or claims and notices. */
export type State = { is: 'waiting' } | { is: 'missing' } | ({ is: 'shown'; busy: boolean } & CardView);

/**
 * The state of the card. An error does not take away what was known: it is said beside it, with
 * how old that is. That there is no claim is said only where every cluster has answered so.
 */
export function stateOf(entity: Selecting, known: Known, now: number): State {
  const failed = known.error === undefined ? undefined : failureNotice(known.error);
  if (!known.objects) {
    return failed ? { is: 'shown', busy: true, claims: [], notices: [failed] } : { is: 'waiting' };
  }
  const view = cardOf(answerOf(known.objects, entity), now);
  if (failed) {
    const ago = span(new Date(known.at ?? now).toISOString(), now);
    const notice = { ...failed, tone: 'warning' as const, text: `${failed.text} What is shown is ${ago} old.` };
    return { is: 'shown', busy: true, ...view, notices: [notice, ...view.notices] };
  }
  if (view.claims.length === 0 && view.notices.length === 0) {
    return { is: 'missing' };
  }
  return { is: 'shown', busy: view.claims.some(c => c.standing.tone !== 'success'), ...view };
}

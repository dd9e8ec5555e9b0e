import { Claim, Condition, condition } from './objects';
import { Tone, remarks, sized, unspoken, words } from './reasons';
import type { Standing } from './standing';
import { sentence } from './words';

/** What else a claim's conditions say: which condition, its reason in words, the sentence. */
export interface Note {
  from: string;
  title: string;
  text: string;
  tone: Tone;
}

// So says Provisioned of a claim that was refused, and Crossplane of functions that did not run:
// the condition that decides has the sentence.
const empty = new Set(['NotComposed', unspoken]);

// Somebody has to see to these before an app gets its connection by the platform's store.
const undelivered = new Set(['StoreError', 'NotInstalled', 'NotSupported']);

/** The notes of a claim, without the condition that its standing was read from. */
export function notesOf(claim: Claim, standing: Standing): Note[] {
  return [
    behind(claim),
    ...['Composed', 'Provisioned', 'Sized', 'CostTagged', 'EndOfLife', 'Delivered', 'Rotated'].filter(t => t !== standing.by).map(t => note(claim, t)),
  ].filter((n): n is Note => n !== undefined);
}

function note(claim: Claim, type: string): Note | undefined {
  const c = condition(claim, type);
  const text = c && said(c);
  if (!text || empty.has(c.reason ?? '')) {
    return undefined;
  }
  const tone = toneOf(c);
  return tone && { from: type, title: words(c.reason ?? type), text: sentence(text), tone };
}

// Sized begins with the size, which has its own line; what is behind it is why it is so.
const said = (c: Condition) =>
  c.type === 'Sized' && c.status === 'True' && c.reason !== 'NotApplicable' ? c.message?.split('; ').slice(1).join('; ') : c.message;

// The size and the tags are told elsewhere while all is well, and what is created by its parts.
function toneOf(c: Condition): Tone | undefined {
  switch (c.type) {
    case 'Composed':
      return c.status === 'True' ? (remarks[c.reason ?? ''] ?? 'info') : 'warning';
    case 'Provisioned':
      return c.status === 'True' ? undefined : 'warning';
    case 'EndOfLife': // is True of a version that ends
      return c.status !== 'True' ? undefined : c.reason === 'Ended' ? 'warning' : 'info';
    case 'Delivered': // says where the connection is, or why it is not there
      return undelivered.has(c.reason ?? '') ? 'warning' : 'info';
    case 'Rotated': // says what became of the word that asks for another password
      return c.reason === 'NotAsked' ? undefined : c.reason === 'Waiting' ? 'warning' : 'info';
    default:
      if (c.status === 'True') {
        return c.type === 'Sized' && c.reason !== 'NotApplicable' ? 'info' : undefined;
      }
      return sized[c.reason ?? '']?.tone ?? 'warning';
  }
}

// An edit that Crossplane has not taken up: what is shown is of the claim as it was before.
// Crossplane 1.20 does not say yet which generation a condition of a claim is of.
function behind(claim: Claim): Note | undefined {
  const seen = condition(claim, 'Synced')?.observedGeneration;
  const is = claim.metadata?.generation;
  if (!seen || !is || seen >= is) {
    return undefined;
  }
  return { from: 'Synced', title: 'Edit not taken up', text: 'The last edit of the claim has not been taken up yet.', tone: 'info' };
}

import type { Found } from './answer';
import { Selecting, annotations, selectorOf } from './missing';
import type { Notice } from './notices';
import { Claim, nameOf } from './objects';
import { list } from './words';

// What a label takes. A longer name of an entity, or one of other letters, stands there
// shortened (LabelValue of internal/claim), and cannot be compared.
const label = /^[a-z0-9]([-a-z0-9_.]{0,61}[a-z0-9])?$/;

/**
 * The entity that a claim stands for, where that is another one: anybody may put the label of
 * this one on a claim, in any namespace. The functions say whose a claim is; of one that was
 * never composed nobody knows.
 */
export function otherEntityOf(claim: Claim, entity: Selecting): string | undefined {
  const id = idOf(selectorOf(entity));
  const ref = claim.status?.resource?.entity;
  const name = ref?.toLowerCase().split(/[:/]/).pop();
  return id && name && label.test(name) && name !== id ? ref : undefined;
}

// The value that a selector asks of the plugin's own label; of another label nothing follows.
function idOf(selector: string): string | undefined {
  const terms = selector.split(',').map(term => term.trim().split(/\s*==?\s*/));
  return terms.find(([key]) => key === annotations.id)?.[1]?.toLowerCase();
}

// How many are named: anybody can make more.
const most = 3;

/** That claims of other entities have the label of this one, which are not shown. */
export function borrowed(claims: Found[]): Notice[] {
  if (claims.length === 0) {
    return [];
  }
  const one = claims.length === 1;
  const names = claims.slice(0, most).map(f => `${nameOf(f.object)} on ${f.cluster} (of ${f.object.status?.resource?.entity})`);
  const more = claims.length - names.length;
  return [
    {
      tone: 'warning',
      title: one ? 'A claim of another entity' : `${claims.length} claims of other entities`,
      text: `${list(more > 0 ? [...names, `${more} more`] : names)} ${one ? 'has' : 'have'} this entity’s label, and ${one ? 'is' : 'are'} not shown.`,
      todo: 'Give each claim the label of its own entity.',
    },
  ];
}

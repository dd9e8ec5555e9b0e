import { KUBERNETES_ANNOTATION, KUBERNETES_LABEL_SELECTOR_QUERY_ANNOTATION } from '@backstage/plugin-kubernetes-common';
import type { Found } from './answer';
import type { Notice } from './notices';
import { KubeObject, condition } from './objects';
import { list, sentence } from './words';

/** The annotations of an entity by which the Kubernetes plugin finds what belongs to it. */
export const annotations = {
  id: KUBERNETES_ANNOTATION,
  selector: KUBERNETES_LABEL_SELECTOR_QUERY_ANNOTATION,
  cluster: 'backstage.io/kubernetes-cluster',
} as const;

/** An entity, as far as it says what the plugin selects by. */
export interface Selecting {
  metadata: { name: string; annotations?: Record<string, string> };
}

/** The label that the Kubernetes plugin selects by: its own rule (plugin-kubernetes-backend). */
export function selectorOf(entity: Selecting): string {
  const notes = entity.metadata.annotations ?? {};
  return notes[annotations.selector] || `${annotations.id}=${notes[annotations.id] || entity.metadata.name}`;
}

/**
 * Why there is no claim, as far as what a claim is made of tells: that is labelled by the
 * cost-tagger, and outlives the claim while something holds it. Of an answer that is not whole
 * nothing follows from what is not in it.
 */
export function missing(entity: Selecting, left: Found<KubeObject>[], whole: boolean): Notice {
  const selector = selectorOf(entity);
  const cluster = entity.metadata.annotations?.[annotations.cluster];
  const where = cluster ? ` on ${cluster}` : '';
  if (left.length === 0) {
    return {
      tone: 'neutral',
      title: 'No claim found',
      text: `${whole ? 'Nothing' : 'No claim'}${where} has the label ${selector}. The claim is not applied yet, or was deleted; ${
        whole ? 'what it made at the cloud may outlive it' : 'what it is made of could not be asked for'
      }.`,
      todo: 'See whether its request is merged and its application synced.',
    };
  }
  const claims = [...new Set(left.map(claimNameOf).filter(n => n !== undefined))].sort();
  const names = claims.length > 0 ? `the claim ${list(claims)}` : 'a claim';
  const going = left.filter(f => f.object.metadata?.deletionTimestamp);
  if (going.length === left.length) {
    return {
      tone: 'warning',
      title: 'Claim deleted',
      text: [`${capital(names)} is gone. What it was made of waits for deletion (${count(going)}).`, whyHeld(going)]
        .filter(Boolean)
        .join(' '),
      todo: 'Do not make the claim again yet. The platform team has to see what holds it.',
    };
  }
  return {
    tone: 'warning',
    title: 'Claim without its label',
    text: `What ${names} is made of is there (${count(left)}), but no claim has the label ${selector}.`,
    todo: 'Put the label on the claim.',
  };
}

// What a claim composes names it in labels of Crossplane's; of a namespaced XR in one alone.
function claimNameOf({ object }: Found<KubeObject>): string | undefined {
  const { labels = {}, namespace } = object.metadata ?? {};
  const claim = labels['crossplane.io/claim-name'];
  if (claim) {
    return `${labels['crossplane.io/claim-namespace']}/${claim}`;
  }
  const xr = labels['crossplane.io/composite'];
  return xr && namespace ? `${namespace}/${xr}` : undefined;
}

function whyHeld(going: Found<KubeObject>[]): string | undefined {
  const held = going.map(f => condition(f.object, 'Synced')).find(c => c?.status === 'False' && c.message);
  return held?.message && sentence(held.message);
}

function count(found: Found<KubeObject>[]): string {
  const kinds = [...new Set(found.map(f => f.object.kind ?? '?'))].sort();
  const shown = kinds.length > 3 ? [...kinds.slice(0, 3), `${kinds.length - 3} more kinds`] : kinds;
  return `${found.length} ${found.length === 1 ? 'resource' : 'resources'}: ${list(shown)}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

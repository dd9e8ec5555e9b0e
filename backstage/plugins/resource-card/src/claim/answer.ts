import type { ObjectsByEntityResponse } from '@backstage/plugin-kubernetes-common';
import { Selecting, annotations } from './missing';
import { Notice, clusterNotice } from './notices';
import { Claim, KubeObject, claimKind } from './objects';
import { borrowed, otherEntityOf } from './whose';

/** An object, and the cluster that it is on. */
export interface Found<T extends KubeObject = Claim> {
  cluster: string;
  object: T;
}

/** What the clusters answered: claims, and what kept a cluster from answering. */
export interface Answer {
  claims: Found[];
  /** Claims of other entities, and clusters whose answer is missing or refused. */
  notices: Notice[];
}

type Item = ObjectsByEntityResponse['items'][number];

/**
 * Reads the claims out of what the Kubernetes plugin answers. An entity may name its cluster:
 * the plugin follows that with the service locator singleTenant only, and asks all clusters
 * with multiTenant, so that what is the matter on another one is left out here.
 */
export function answerOf(response: ObjectsByEntityResponse, entity: Selecting): Answer {
  const cluster = entity.metadata.annotations?.[annotations.cluster];
  const found = response.items.flatMap(item =>
    customObjects(item)
      .filter(isClaim)
      .map(object => ({ cluster: titleOf(item), object: object as Claim })),
  );
  const notices = response.items
    .filter(item => !cluster || item.cluster.name === cluster)
    .flatMap(item => item.errors.map(error => clusterNotice(titleOf(item), error)))
    // Where one cluster has the claim, another that serves no claims lacks nothing.
    .filter(n => !(n.absent && found.length > 0));
  const isOwn = (f: Found) => otherEntityOf(f.object, entity) === undefined;
  found.sort(byPlace);
  return { claims: found.filter(isOwn), notices: [...borrowed(found.filter(f => !isOwn(f))), ...unique(notices)] };
}

/** Objects that are not claims: what is left where there is no claim. */
export function othersOf(response: ObjectsByEntityResponse): Found<KubeObject>[] {
  return response.items.flatMap(item =>
    customObjects(item)
      .filter(o => !isClaim(o))
      .map(object => ({ cluster: titleOf(item), object })),
  );
}

/** Whether every cluster told all that it was asked for: of a kind that it does not serve it has none. */
export function isWhole(response: ObjectsByEntityResponse | undefined): boolean {
  return response !== undefined && response.items.every(i => i.errors.every(e => e.errorType !== 'FETCH_ERROR' && e.statusCode === 404));
}

const titleOf = (item: Item) => item.cluster.title ?? item.cluster.name;

const customObjects = (item: Item): KubeObject[] =>
  item.resources.flatMap(r => (r.type === 'customresources' ? (r.resources as KubeObject[]) : []));

// A Resource of another group is somebody else's kind.
const isClaim = (o: KubeObject) => o.kind === 'Resource' && Boolean(o.apiVersion?.startsWith(`${claimKind.group}/`));

const place = (f: Found) => [f.cluster, f.object.metadata?.namespace, f.object.metadata?.name].join('/');
const byPlace = (a: Found, b: Found) => place(a).localeCompare(place(b));

const unique = (notices: Notice[]) => notices.filter((n, i) => notices.findIndex(m => m.title === n.title && m.text === n.text) === i);

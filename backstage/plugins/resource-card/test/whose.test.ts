import type { ObjectsByEntityResponse } from '@backstage/plugin-kubernetes-common';
import { expect, test } from 'vitest';
import { answerOf } from '../src/claim/answer';
import type { Claim } from '../src/claim/objects';
import { claim, ready } from './claims';

const id = 'gcp-payments-prod-cloudsql-main';
const answer = (...claims: Claim[]): ObjectsByEntityResponse => ({
  items: [{ cluster: { name: 'mgmt' }, resources: [{ type: 'customresources', resources: claims }], podMetrics: [], errors: [] }],
});

// A claim of another namespace with this entity's label: anybody can put that on a claim.
const of = (ref?: string, name = 'theirs'): Claim =>
  claim({
    metadata: { name, namespace: 'shop-dev-infra', uid: name },
    status: { conditions: ready, resource: { entity: ref } },
  });
const ours = of(`resource:default/${id}`, 'ours');
const theirs = of('resource:default/gcp-shop-dev-theirs');
const long = 'x'.repeat(64);

interface Owned {
  reason: string;
  given: Claim[];
  annotations?: Record<string, string>;
  claims: string[];
  title?: string;
}

const owned: Record<string, Owned> = {
  Own: { reason: 'A claim that stands for this entity is shown.', given: [ours], claims: ['ours'] },
  Capitals: { reason: 'Names of entities are the same in capitals.', given: [of(`resource:default/${id.toUpperCase()}`)], claims: ['theirs'] },
  Space: { reason: 'The label names no namespace of the catalog, so none is compared.', given: [of(`resource:infra/${id}`)], claims: ['theirs'] },
  Bare: { reason: 'A claim may name its entity without kind and namespace.', given: [of(id)], claims: ['theirs'] },
  Silent: { reason: 'A new claim, and one that was always refused, say nothing of their entity yet.', given: [of()], claims: ['theirs'] },
  Borrowed: {
    reason: 'A claim of another entity with this one’s label is told beside the entity’s own, and not shown as one of two.',
    given: [theirs, ours],
    claims: ['ours'],
    title: 'A claim of another entity',
  },
  OnlyBorrowed: {
    reason: 'Where the entity’s own claim is gone, that of another is no green sign in its place.',
    given: [theirs],
    claims: [],
    title: 'A claim of another entity',
  },
  Many: {
    reason: 'However many have the label, one notice tells of them.',
    given: ['a', 'b', 'c', 'd', 'e'].map(name => of('resource:default/other', name)),
    claims: [],
    title: '5 claims of other entities',
  },
  Selector: {
    reason: 'A selector of the plugin’s own label is compared as the id.',
    annotations: { 'backstage.io/kubernetes-label-selector': `backstage.io/kubernetes-id=${id}` },
    given: [theirs, ours],
    claims: ['ours'],
    title: 'A claim of another entity',
  },
  Terms: {
    reason: 'A selector may have more terms than the one that is compared.',
    annotations: { 'backstage.io/kubernetes-label-selector': `env=prod, backstage.io/kubernetes-id==${id},team=a` },
    given: [theirs, ours],
    claims: ['ours'],
    title: 'A claim of another entity',
  },
  OwnSelector: {
    reason: 'A selector of another label says nothing of an entity’s name: whoever wrote it chose.',
    annotations: { 'backstage.io/kubernetes-label-selector': 'app=main' },
    given: [theirs],
    claims: ['theirs'],
  },
  Shortened: {
    reason: 'A name that no label takes is shortened there, and cannot be compared.',
    given: [of(`resource:default/${long}`)],
    claims: ['theirs'],
  },
};

for (const [name, { reason, given, annotations = { 'backstage.io/kubernetes-id': id }, claims, title }] of Object.entries(owned)) {
  test(`answerOf: whose claim: ${name}`, () => {
    const is = answerOf(answer(...given), { metadata: { name: 'ours', annotations } });
    expect(
      is.claims.map(f => f.object.metadata?.name),
      reason,
    ).toEqual(claims);
    expect(
      is.notices.map(n => n.title),
      reason,
    ).toEqual(title ? [title] : []);
  });
}

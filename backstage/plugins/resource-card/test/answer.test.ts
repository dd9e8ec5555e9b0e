import type { ClusterObjects, KubernetesFetchError, ObjectsByEntityResponse } from '@backstage/plugin-kubernetes-common';
import { expect, test } from 'vitest';
import { answerOf } from '../src/claim/answer';
import { cardOf } from '../src/claim/card';
import type { Selecting } from '../src/claim/missing';
import type { Claim, KubeObject } from '../src/claim/objects';
import { claim, now } from './claims';

const cluster = (name: string, objects: KubeObject[], errors: KubernetesFetchError[] = []): ClusterObjects => ({
  cluster: { name },
  resources: [{ type: 'customresources', resources: objects }],
  podMetrics: [],
  errors,
});

const entity = (named?: string): Selecting => ({
  metadata: { name: 'ours', annotations: named ? { 'backstage.io/kubernetes-cluster': named } : {} },
});

const answer = (...items: ClusterObjects[]): ObjectsByEntityResponse => ({ items });
const status = (
  statusCode: number,
  errorType: 'NOT_FOUND' | 'UNKNOWN_ERROR' | 'UNAUTHORIZED_ERROR' | 'SYSTEM_ERROR',
): KubernetesFetchError => ({
  errorType,
  statusCode,
  resourcePath: '/apis/platform.victor.onl/v1alpha1/resources',
});
const other = (name: string): Claim => claim({ metadata: { name, uid: name } });
const foreign: KubeObject = { apiVersion: 'other.example/v1', kind: 'Resource', metadata: { name: 'theirs' } };
const instance: KubeObject = {
  apiVersion: 'sql.gcp.upbound.io/v1beta2',
  kind: 'DatabaseInstance',
  metadata: { name: 'cloudsql-main-7e886-1' },
};

interface Case {
  reason: string;
  given: ObjectsByEntityResponse;
  named?: string;
  claims: string[];
  notices: string[];
}

const cases: Record<string, Case> = {
  One: {
    reason: 'One claim is shown without a word more.',
    given: answer(cluster('mgmt', [claim()])),
    claims: ['mgmt payments-prod-infra/cloudsql-main'],
    notices: [],
  },
  None: { reason: 'No cluster is in the answer where none has anything.', given: answer(), claims: [], notices: [] },
  Foreign: {
    reason: 'A Resource of another group, and what a claim is made of, are no claims.',
    given: answer(cluster('mgmt', [foreign, instance, claim()])),
    claims: ['mgmt payments-prod-infra/cloudsql-main'],
    notices: [],
  },
  Several: {
    reason: 'Two claims with one label are both shown, by name, and said to be a mistake.',
    given: answer(cluster('mgmt', [other('second'), other('first')])),
    claims: ['mgmt payments-prod-infra/first', 'mgmt payments-prod-infra/second'],
    notices: ['2 claims found'],
  },
  Clusters: {
    reason: 'The same claim on two clusters manages one resource twice.',
    given: answer(cluster('mgmt-b', [claim()]), cluster('mgmt-a', [claim()])),
    claims: ['mgmt-a payments-prod-infra/cloudsql-main', 'mgmt-b payments-prod-infra/cloudsql-main'],
    notices: ['On 2 clusters'],
  },
  SeveralClusters: {
    reason: 'Different claims on two clusters are claims with one label.',
    given: answer(cluster('mgmt-a', [other('first')]), cluster('mgmt-b', [other('second')])),
    claims: ['mgmt-a payments-prod-infra/first', 'mgmt-b payments-prod-infra/second'],
    notices: ['2 claims found'],
  },
  Workload: {
    reason: 'A cluster that serves no claims lacks nothing while another one has the claim.',
    given: answer(cluster('mgmt', [claim()]), cluster('apps', [], [status(404, 'NOT_FOUND')])),
    claims: ['mgmt payments-prod-infra/cloudsql-main'],
    notices: [],
  },
  Partly: {
    reason: 'A cluster that could not be asked may have the claim too, which is said beside the one that was found.',
    given: answer(cluster('mgmt', [claim()]), cluster('other', [], [status(403, 'UNKNOWN_ERROR')])),
    claims: ['mgmt payments-prod-infra/cloudsql-main'],
    notices: ['Not allowed on other'],
  },
  Named: {
    reason: 'What is the matter on a cluster that the entity does not name is not its matter.',
    given: answer(cluster('mgmt', [claim()]), cluster('other', [], [status(403, 'UNKNOWN_ERROR')])),
    named: 'mgmt',
    claims: ['mgmt payments-prod-infra/cloudsql-main'],
    notices: [],
  },
};

for (const [name, { reason, given, named, claims, notices }] of Object.entries(cases)) {
  test(`answerOf: ${name}`, () => {
    const view = cardOf(answerOf(given, entity(named)), now);
    expect(
      view.claims.map(c => `${c.cluster} ${c.name}`),
      reason,
    ).toEqual(claims);
    expect(
      view.notices.map(n => n.title),
      reason,
    ).toEqual(notices);
    expect(new Set(view.claims.map(c => c.key)).size, 'Each claim has a key of its own.').toBe(claims.length);
  });
}

test('answerOf: a cluster is called by its title', () => {
  const item = { ...cluster('c-1', [claim()]), cluster: { name: 'c-1', title: 'Management' } };
  expect(answerOf(answer(item), entity('c-1')).claims[0].cluster, 'A title is for people.').toBe('Management');
});

const errors: Record<string, { reason: string; errors: KubernetesFetchError[]; title: string }> = {
  Absent: {
    reason: 'Where the only cluster serves no claims, that is why there is none.',
    errors: [status(404, 'NOT_FOUND')],
    title: 'mgmt has no claims',
  },
  Forbidden: {
    reason: 'Backstage’s account lacks a right on the cluster.',
    errors: [status(403, 'UNKNOWN_ERROR')],
    title: 'Not allowed on mgmt',
  },
  Unknown: {
    reason: 'A token that has run out is told from a right that is missing.',
    errors: [status(401, 'UNAUTHORIZED_ERROR')],
    title: 'mgmt does not know Backstage',
  },
  Broken: { reason: 'Another status is told as it is.', errors: [status(500, 'SYSTEM_ERROR')], title: 'mgmt does not answer' },
  Unreached: {
    reason: 'A cluster that does not answer has no status.',
    errors: [{ errorType: 'FETCH_ERROR', message: 'connect ECONNREFUSED 10.0.0.1:443' }],
    title: 'mgmt is not reached',
  },
  Repeated: {
    reason: 'The same error twice is said once.',
    errors: [status(403, 'UNKNOWN_ERROR'), status(403, 'UNKNOWN_ERROR')],
    title: 'Not allowed on mgmt',
  },
};

for (const [name, { reason, errors: given, title }] of Object.entries(errors)) {
  test(`answerOf: a cluster’s error: ${name}`, () => {
    const { claims, notices } = answerOf(answer(cluster('mgmt', [], given)), entity());
    expect(claims, reason).toEqual([]);
    expect(
      notices.map(n => n.title),
      reason,
    ).toEqual([title]);
  });
}

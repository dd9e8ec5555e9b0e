// Every example that the project renders, as the card shows it.
import { expect, test } from 'vitest';
import { viewOf } from '../src/claim/card';
import { Claim, typeOf } from '../src/claim/objects';
import { now } from './claims';
import { names, recorded } from './recorded.mjs';

// The lines that a claim has while it is created, by its type. A queue has an engine where a
// server of it is made.
const lines: Record<string, string[]> = {
  database: ['Provider', 'Engine', 'Size', 'Endpoint', 'Name', 'Age'],
  bucket: ['Provider', 'Size', 'Endpoint', 'Bucket', 'Age'],
  cache: ['Provider', 'Engine', 'Size', 'Endpoint', 'Name', 'Age'],
  queue: ['Provider', 'Size', 'Endpoint', 'Queue', 'Age'],
  cluster: ['Provider', 'Version', 'Size', 'Endpoint', 'Cluster', 'Age'],
};

test('there are examples of all types', () => {
  expect(new Set(names.map(n => typeOf(recorded(n) as Claim)))).toEqual(new Set(Object.keys(lines)));
});

for (const namespaced of [false, true]) {
  for (const name of names) {
    test(`${name}${namespaced ? ' as a namespaced XR' : ''}`, () => {
      const claim = recorded(name, { namespaced }) as Claim;
      const view = viewOf({ cluster: 'cluster-mgmt', object: claim }, now);
      expect(JSON.stringify(view), 'Nothing that is missing is shown as a word.').not.toMatch(/undefined|NaN|null|\[object/);
      expect(view.standing, 'What the goldens have is being created.').toMatchObject({
        word: 'Being created',
        tone: 'info',
        by: 'Provisioned',
      });
      expect(view.standing.text, 'The sentence is the function’s own.').toBeTruthy();
      expect(view.lights.map(l => `${l.label} ${l.value}`)).toEqual(['Ready False', 'Synced True']);
      expect(view.facts.map(f => f.label).filter(l => l !== 'Engine' || typeOf(claim) !== 'queue')).toEqual(lines[typeOf(claim)]);
      const size = view.facts.find(f => f.label === 'Size');
      expect(size?.known, `the size is known: ${size?.text}`).toBe(true);
      expect(`${size?.text} ${size?.detail}`, 'The cloud’s own name of the size is shown.').toContain(claim.status?.size?.instance ?? '');
    });
  }
}

// Every type, cloud, engine and env, with every two values of two fields together, and every
// region: dry run by Backstage. What is made stays in bin/backstage, where a Go test takes each
// claim to an API server's rules and through the functions. One form of each type on each cloud
// is in testdata, each cloud's in another env.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { DefaultNamespaceEntityPolicy, EntityPolicies, FieldFormatEntityPolicy, NoForeignRootFieldsEntityPolicy, SchemaValidEntityPolicy, resourceEntityV1alpha1Validator } from '@backstage/catalog-model';
import { parse, stringify } from 'yaml';
import { root, start, template } from './backstage.mjs';
import { filled, pairs, places } from './form.mjs';

const policy = EntityPolicies.allOf([new DefaultNamespaceEntityPolicy(), new SchemaValidEntityPolicy(), new FieldFormatEntityPolicy(), new NoForeignRootFieldsEntityPolicy()]);
const goldens = path.join(root, 'backstage/testdata');
const made = path.join(root, 'bin/backstage');
const name = place => [place.databaseEngine ?? place.type, place.provider].join('-');
const [{ enum: clouds }, { enum: envs }] = [template.spec.parameters[0].properties.provider, template.spec.parameters[1].properties.env];

let backstage;
before(async () => {
  backstage = await start();
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
});
after(() => backstage.stop());

// run returns a form with what it becomes, as three documents.
async function run(values) {
  const { status, refused, files } = await backstage.dryRun(values);
  assert.equal(status, 200, `${refused}: ${JSON.stringify(values)}`);
  const [entity, claim] = ['catalog/resources/', 'crossplane/claims/'].map(at => Object.entries(files).find(([file]) => file.startsWith('repository/' + at)));
  assert.equal(Object.keys(files).length, 2);
  const [e, c] = [parse(entity[1]), parse(claim[1])];
  assert.equal(await resourceEntityV1alpha1Validator.check(e), true);
  await policy.enforce(e);
  assert.equal(entity[0], `repository/catalog/resources/${e.metadata.name}.yaml`);
  assert.equal(claim[0], `repository/crossplane/claims/${values.env}/${c.metadata.name}/claim.yaml`);
  return `${stringify(values, { sortMapEntries: true })}---\n${claim[1].trim()}\n---\n${entity[1].trim()}\n`;
}

test('filled forms are those of testdata', async () => {
  for (const place of places().filter(({ provider, env }) => env === envs[clouds.indexOf(provider)])) {
    const file = path.join(goldens, name(place) + '.yaml');
    const text = await run(filled(place));
    if (process.env.UPDATE) writeFileSync(file, text);
    assert.equal(text, readFileSync(file, 'utf8'), `${file}: make backstage UPDATE=1 renews it; read the difference`);
  }
});

test('every two values, and every region, become a claim and an entity', async t => {
  const turns = {};
  let count = 0;
  for (const place of places()) {
    for (const values of pairs(place, turns)) {
      writeFileSync(path.join(made, `${place.env}-${name(place)}-${count++}.yaml`), await run(values));
    }
  }
  t.diagnostic(`${count} forms`);
});

// The template by Backstage's own schema, and what it makes of a form.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DefaultNamespaceEntityPolicy, EntityPolicies, FieldFormatEntityPolicy, NoForeignRootFieldsEntityPolicy, SchemaValidEntityPolicy } from '@backstage/catalog-model';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import { parse } from 'yaml';
import { domain, entity, start, system, template } from './backstage.mjs';
import { filled, places, shown } from './form.mjs';

const form = {
  type: 'database', provider: 'gcp', databaseEngine: 'postgres', profile: 'medium', region: 'eu-west',
  system: 'system:default/gateway', owner: 'group:default/team-payments', env: 'prod', name: 'main',
};
const claimFile = 'repository/crossplane/claims/prod/cloudsql-main/claim.yaml';
const entityFile = 'repository/catalog/resources/gcp-payments-prod-cloudsql-main.yaml';

let backstage;
before(async () => { backstage = await start(); });
after(() => backstage.stop());

test('the template is one', async () => {
  assert.equal(await templateEntityV1beta3Validator.check(template), true);
  const policies = [new DefaultNamespaceEntityPolicy(), new SchemaValidEntityPolicy(), new FieldFormatEntityPolicy(), new NoForeignRootFieldsEntityPolicy()];
  await EntityPolicies.allOf(policies).enforce(template);
});

test('a form becomes a claim, an entity and a request', async () => {
  const { status, refused, files, log } = await backstage.dryRun(form);
  assert.equal(status, 200, refused);
  assert.deepEqual(Object.keys(files).sort(), [entityFile, claimFile]);
  assert.deepEqual(parse(files[claimFile]), {
    apiVersion: 'platform.victor.onl/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: 'cloudsql-main', namespace: 'payments-prod-infra',
      labels: { team: 'team-payments', 'backstage.io/system': 'gateway', 'backstage.io/kubernetes-id': 'gcp-payments-prod-cloudsql-main' },
    },
    spec: { provider: 'gcp', type: 'database', profile: 'medium', region: 'eu-west', database: { engine: 'postgres' }, writeConnectionSecretToRef: { name: 'cloudsql-main' } },
  });
  assert.match(log, /"repoUrl": "github.com\?owner=myorg&repo=payments-gitops"/);
  assert.match(log, /"branchName": "create-gcp-payments-prod-cloudsql-main"/);
});

test('a domain may be named as a reference, and in capitals', async () => {
  const refers = await start({ entities: [{ ...system, spec: { ...system.spec, domain: 'domain:default/Payments' } }, domain] });
  const { refused, files } = await refers.dryRun(form);
  assert.deepEqual(Object.keys(files).sort(), [entityFile, claimFile], refused);
  await refers.stop();
});

test('a name in the catalog is taken', async () => {
  const taken = await start({ entities: [system, domain, entity('Resource', 'gcp-payments-prod-cloudsql-main', { type: 'database', owner: 'x' })] });
  const { status, refused, files } = await taken.dryRun(form);
  assert.notEqual(status, 200);
  assert.match(refused, /Entity with a free name instead of gcp-payments-prod-cloudsql-main not found/);
  assert.deepEqual(files, {});
  await taken.stop();
});

for (const [what, file] of [['a claim', claimFile], ['an entity', entityFile]]) {
  test(`${what} in the repository is not written over`, async () => {
    const there = await start({ files: { [file.replace('repository/', '')]: 'kind: Resource\n' } });
    const { status, refused } = await there.dryRun(form);
    assert.notEqual(status, 200);
    assert.match(refused, /already exists/);
    const other = await there.dryRun({ ...form, name: 'other' });
    assert.equal(other.status, 200, other.refused);
    assert.deepEqual(Object.keys(other.files).sort(), [entityFile, claimFile].map(name => name.replace('sql-main', 'sql-other')));
    await there.stop();
  });
}

test('a name that is too long for the catalog is refused', async () => {
  const name = 'payments-of-all-countries-of-europe';
  const long = await start({ entities: [{ ...system, spec: { ...system.spec, domain: name } }, entity('Domain', name, {})] });
  const { status, refused } = await long.dryRun({ ...form, provider: 'azure', name: 'twenty-characters-20' });
  assert.notEqual(status, 200);
  assert.match(refused, /Entity with a name of at most 63 characters instead of azure-payments-of-all-countries-of-europe-prod-azure-twenty-characters-20 not found/);
  await long.stop();
});

test('a system without a domain is refused', async () => {
  const none = await start({ entities: [entity('System', 'gateway', { owner: 'group:default/team-payments' })] });
  const { status, refused } = await none.dryRun(form);
  assert.notEqual(status, 200);
  assert.match(refused, /^Entity that is the domain of this system not found$/);
  await none.stop();
});

for (const name of ['pay_ments', 'pay.ments']) {
  test(`a domain that cannot name a namespace is refused: ${name}`, async () => {
    const odd = await start({ entities: [{ ...system, spec: { ...system.spec, domain: name } }, entity('Domain', name, {})] });
    const { status, refused, files } = await odd.dryRun(form);
    assert.notEqual(status, 200);
    assert.equal(refused, `Entity with a domain of letters, digits and hyphens instead of ${name} not found`);
    assert.deepEqual(files, {});
    await odd.stop();
  });
}

test('what an earlier choice left behind is left out', async () => {
  const all = {};
  for (const place of places()) Object.assign(all, filled(place));
  const parameters = structuredClone(template);
  parameters.spec.parameters = []; // which would refuse some of what is left behind
  const lenient = await start({ of: parameters });
  for (const place of places()) {
    const { properties } = shown(place);
    const { status, refused, files } = await lenient.dryRun({ ...all, ...filled(place) });
    assert.equal(status, 200, refused);
    const { spec } = parse(Object.entries(files).find(([name]) => name.endsWith('claim.yaml'))[1]);
    const said = Object.entries(spec).flatMap(([name, v]) =>
      name === place.type ? Object.keys(v).map(field => name + field[0].toUpperCase() + field.slice(1)) : [name]);
    const asked = Object.keys(properties).filter(name => !['system', 'owner', 'env', 'name', 'dependencyOf'].includes(name));
    assert.deepEqual(said.sort(), [...asked, 'writeConnectionSecretToRef'].sort(), JSON.stringify(place));
  }
  await lenient.stop();
});

for (const [name, values, error] of [
  ['a form without a cloud', { provider: undefined }, /requires property "provider"/],
  ['a cloud that is none', { provider: 'oracle' }, /provider is not one of enum values: gcp,aws,azure,ibm/],
  ['a database without an engine', { databaseEngine: undefined }, /requires property "databaseEngine"/],
  ['a database without a size', { profile: undefined }, /requires property "profile"/],
  ['a version that the cloud lacks', { provider: 'ibm', databaseVersion: '14' }, /databaseVersion is not one of enum values: 15,16,17,18/],
  ['a region that the cloud lacks', { provider: 'ibm', region: 'eu-north' }, /region is not one of enum values/],
  ['fewer days than the cloud keeps', { provider: 'azure', databaseBackupRetentionDays: 3 }, /must be greater than or equal to 7/],
  ['a larger disk than the cloud has', { provider: 'ibm', databaseStorageGiB: 5000 }, /must be less than or equal to 4096/],
  ['a word of the engine', { databaseName: 'user' }, /databaseName/],
  ['deletion in prod', { deletionPolicy: 'Delete' }, /deletionPolicy is not one of enum values: Orphan/],
  ['everybody in a queue', { type: 'queue', queueAccess: [{ principal: 'allUsers', role: 'send' }] }, /principal/],
  ['an identity of another cloud', { type: 'queue', provider: 'aws', queueAccess: [{ principal: 'serviceAccount:a@b', role: 'send' }] }, /principal does not match pattern/],
  ['a name that is none', { name: 'Main DB' }, /name does not match pattern/],
]) {
  test(`the form refuses ${name}`, async () => {
    const { status, refused } = await backstage.dryRun({ ...form, ...values });
    assert.equal(status, 400);
    assert.match(refused, error);
  });
}

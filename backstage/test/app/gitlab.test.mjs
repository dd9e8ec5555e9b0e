// From a filled form to a merge request on a GitLab, and to the entity in the catalog: the template as
// the generator makes it for GitLab, in a whole backend without a browser and without a cluster.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { start, until } from './app.mjs';
import { gitlab } from './gitlab.mjs';
import { run } from './repository.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const steps = 'backstage/templates/create-resource/steps.yaml';
const organization = 'acme/data'; // a group in a group
const domain = `${organization}/payments-gitops`;

const form = {
  type: 'database', provider: 'gcp', databaseEngine: 'postgres', profile: 'medium', region: 'eu-west',
  system: 'system:default/gateway', owner: 'group:default/team-payments', env: 'prod', name: 'ledger',
};
const filesOf = name => [`catalog/resources/gcp-payments-prod-cloudsql-${name}.yaml`, `crossplane/claims/prod/cloudsql-${name}/claim.yaml`];
const branchOf = name => `create-gcp-payments-prod-cloudsql-${name}`;

// generated is the template of a platform on a GitLab, made as README.md has it made.
async function generated(dir, host) {
  const own = path.join(dir, 'platform');
  await mkdir(path.join(own, path.dirname(steps)), { recursive: true });
  for (const name of ['apis', 'test']) await symlink(path.join(root, name), path.join(own, name)); // the XRD, and the providers' CRDs
  let text = await readFile(path.join(root, steps), 'utf8');
  for (const [key, value] of Object.entries({ forge: 'gitlab', host, organization })) {
    const line = new RegExp(`^${key}: .*$`, 'm');
    assert.match(text, line);
    text = text.replace(line, `${key}: ${value}`);
  }
  await writeFile(path.join(own, steps), text);
  const generator = path.join(dir, 'generator');
  await run('go', ['build', '-o', generator, './hack/backstage'], { cwd: root });
  await run(generator, [], { cwd: own });
  return readFile(path.join(own, path.dirname(steps), 'template.yaml'), 'utf8');
}

let dir, forge, app, repository;
before(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'backstage-gitlab-'));
  forge = await gitlab();
  app = await start(dir, forge, { organization, template: await generated(dir, forge.host) });
  repository = forge.repositories[domain];
});
after(async () => {
  await app?.stop();
  await forge?.close();
  await rm(dir, { recursive: true, force: true });
});

const branches = async () => (await repository.git(['for-each-ref', '--format=%(refname:short)', 'refs/heads'])).split('\n');

// refused holds that a form ends its task with a sentence, and writes nothing.
async function refused(values, sentence) {
  const before = [await branches(), await repository.resolve('main'), forge.requests(domain).length];
  const { status, log } = await app.create(values);
  assert.equal(status, 'failed', log);
  assert.match(log, sentence);
  assert.deepEqual([await branches(), await repository.resolve('main'), forge.requests(domain).length], before);
}

test('a form becomes a merge request of the claim and the entity', async () => {
  const { status, log, output } = await app.create(form);
  assert.equal(status, 'completed', log);
  const [request] = forge.requests(domain);
  assert.equal(request.title, 'Add the database cloudsql-ledger of payments in prod');
  assert.match(request.text, /^The database `cloudsql-ledger` of `payments` in `prod` on `gcp`/);
  assert.deepEqual([request.from, request.into], [branchOf('ledger'), 'main']);
  assert.equal(output.links[0].url, request.url);
  const changed = await repository.git(['diff', '--name-status', 'main', request.from]);
  assert.deepEqual(changed.split('\n'), filesOf('ledger').map(file => `A\t${file}`));
  assert.match(`${await repository.file(request.from, filesOf('ledger')[1])}`, /^kind: Resource$/m);
  assert.equal(await app.entity('resource/default/gcp-payments-prod-cloudsql-ledger'), undefined);
});

test('the same form is refused while the request is open', async () => {
  const { url } = forge.requests(domain)[0];
  await refused(form, new RegExp(`branch already exists at: \\S+${branchOf('ledger')}. Additionally, there is a Merge Request for this branch: ${url}`));
});

test('once the request is merged, the entity is in the catalog, and the branch is gone', async () => {
  await forge.merge(domain, 1);
  const { metadata, spec } = await until('the entity in the catalog', () => app.entity('resource/default/gcp-payments-prod-cloudsql-ledger'));
  assert.equal(spec.owner, 'group:default/team-payments');
  assert.equal(metadata.annotations['backstage.io/managed-by-location'], `url:https://${forge.host}/${domain}/-/blob/main/${filesOf('ledger')[0]}`);
  assert.deepEqual(await branches(), ['main']);
});

test('the same form is refused once the entity is in the catalog', () =>
  refused(form, /Entity with a free name instead of gcp-payments-prod-cloudsql-ledger not found/));

for (const [index, what] of ['entity', 'claim'].entries()) {
  test(`a file of the ${what} on the branch is not written over`, async () => {
    const name = `old-${what}`;
    const file = filesOf(name)[index];
    const main = await repository.resolve('main');
    const entry = { path: file, mode: '100644', sha: await repository.blob('by: hand\n') };
    await repository.point('refs/heads/main', await repository.commit(await repository.tree(main, [entry]), [main], 'By hand'));
    await refused({ ...form, name }, /already exists/);
    assert.equal(`${await repository.file('main', file)}`, 'by: hand\n');
  });
}

test('the stand-in knows all that was asked', () => assert.deepEqual(forge.unknown, []));

// From an empty form to a claim that is ready, in a whole app. What a control plane has to do on
// the way is asked for on stdout, and a line on stdin says that it is done: test/e2e/app.
import assert from 'node:assert/strict';
import { access, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { chromium } from 'playwright-core';
import { sleep, start, until } from './app.mjs';
import { github } from './github.mjs';
import { Person } from './person.mjs';
import { run } from './repository.mjs';

const pictures = process.env.PICTURES ?? new URL('pictures', import.meta.url).pathname;
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
async function please(wish) {
  console.log(`please: ${wish}`);
  assert.equal((await answers.next()).value, 'done');
}

const began = Date.now();
const say = text => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}`);

const name = 'gcp-payments-prod-cloudsql-ledger';
const ref = `resource/default/${name}`;
const values = {
  type: 'database', provider: 'gcp', databaseEngine: 'postgres', profile: 'medium', region: 'eu-west',
  system: 'system:default/gateway', owner: 'group:default/team-payments', env: 'prod', name: 'ledger', databaseStorageGiB: 200,
};

// looked is what the Kubernetes plugin finds for the entity, or for kinds that are asked for.
async function looked(app, kinds) {
  const entity = await app.entity(ref);
  const body = kinds ? { entityRef: `resource:default/${name}`, auth: {}, customResources: kinds } : { auth: {}, entity };
  const { items } = await app.ask('POST', kinds ? 'kubernetes/resources/custom/query' : `kubernetes/services/${name}`, body);
  assert.equal(items.length, 1);
  return { errors: items[0].errors, objects: items[0].resources.flatMap(r => r.resources).filter(o => o.metadata) };
}

async function journey(dir, page, app, forge) {
  const errors = [];
  page.on('pageerror', e => errors.push(e.stack ?? e.message));
  const picture = async (as, options = {}) => {
    await sleep(700); // fonts, and what fades in
    await page.screenshot({ path: path.join(pictures, `${as}.png`), ...options });
  };
  const person = new Person(page);

  await page.goto(`${app.url}/create`);
  await person.press('Enter'); // as a guest
  await page.getByText('Database, bucket, cache, queue or cluster').first().waitFor();
  await picture('create');
  await person.press('Choose');
  await person.fill({ type: /^Database/, provider: /^Google Cloud/, databaseEngine: /^PostgreSQL/, profile: /^medium/, region: /^eu-west:/ });
  await picture('form');
  await person.press('Next');
  await person.fill({ system: /gateway/, owner: /team-payments/, env: /^prod/, name: 'ledger' });
  await person.press('Next');
  await person.fill({ databaseStorageGiB: '200' });
  await person.press('Review');
  await person.press('Create');
  const request = page.getByRole('link', { name: 'The request, for a review' }).or(page.getByRole('button', { name: 'The request, for a review' }));
  await request.first().waitFor();
  await picture('task');
  say(`a pull request after ${person.steps} steps`);

  const [pull] = forge.requests('myorg/payments-gitops');
  assert.equal(pull.title, 'Add the database cloudsql-ledger of payments in prod');
  const twice = await app.create(values);
  assert.equal(twice.status, 'failed');
  assert.match(twice.log, /Pull request already exists/);
  say('the same form once more is refused: its pull request is open');

  const repository = forge.repositories['myorg/payments-gitops'];
  assert.deepEqual((await repository.git(['diff', '--name-status', 'main', pull.from])).split('\n'), [
    `A\tcatalog/resources/${name}.yaml`, 'A\tcrossplane/claims/prod/cloudsql-ledger/claim.yaml',
  ]);
  assert.equal(await app.entity(ref), undefined);
  await forge.merge('myorg/payments-gitops', pull.number);
  await until('the entity in the catalog', () => app.entity(ref));
  say('the pull request is merged, and the entity is in the catalog');

  await page.goto(`${app.url}/catalog/default/resource/${name}`);
  const card = page.locator('.bui-Card', { has: page.locator('h3', { hasText: / claim$/ }) });
  await card.getByText('No claim found', { exact: true }).waitFor();
  const checkout = path.join(dir, 'argocd');
  await run('git', ['clone', '--quiet', repository.folder, checkout]);
  const config = [`--kubeconfig=${process.env.ARGOCD_KUBECONFIG}`, `--cache-dir=${path.join(dir, 'kubectl')}`];
  await run(process.env.KUBECTL, [...config, 'apply', '--recursive', '--filename', path.join(checkout, 'crossplane/claims')]);
  say('the claim is applied by the account of ArgoCD');
  await page.reload();
  await card.getByText('Being created', { exact: true }).waitFor();
  await picture('waiting');
  say('the card says: Being created');
  await card.getByText('Ready', { exact: true }).first().waitFor({ timeout: 240_000 }); // without a reload
  await picture('ready');
  say('the card says: Ready');

  const { errors: warnings, objects } = await looked(app);
  assert.deepEqual(warnings, []);
  assert.deepEqual(objects.map(o => o.kind).sort(), ['Database', 'DatabaseInstance', 'Resource', 'User']);
  await page.goto(`${app.url}/catalog/default/resource/${name}/kubernetes`);
  await page.getByText('cluster-mgmt').first().waitFor();
  await picture('kubernetes');
  const there = await app.create(values);
  assert.equal(there.status, 'failed');
  assert.match(there.log, new RegExp(`Entity with a free name instead of ${name} not found`));
  say('the same form once more is refused: its entity is there');

  await please('one cloud');
  assert.deepEqual((await looked(app)).errors, []);
  await page.reload();
  await page.getByText('cluster-mgmt').first().waitFor();
  assert.equal(await page.getByText('There was a problem retrieving').count(), 0);
  const missing = await looked(app, [{ group: 'rds.aws.upbound.io', apiVersion: 'v1beta3', plural: 'instances' }]);
  assert.deepEqual(missing.errors.map(e => e.statusCode), [404]);
  say('no warning on a cluster that serves Google Cloud alone, and one for a kind of another cloud');
  assert.deepEqual(forge.unknown, []);
  assert.deepEqual(errors, []);
}

for (const file of [process.env.KUBECTL, process.env.BACKSTAGE_KUBECONFIG, process.env.ARGOCD_KUBECONFIG, 'dist/index.html']) await access(file);
const dir = await mkdtemp(path.join(os.tmpdir(), 'backstage-app-'));
await mkdir(pictures, { recursive: true });
let app, browser, page, failed;
const forge = await github();
const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('interrupted')));
try {
  app = await start(dir, forge, { kubeconfig: process.env.BACKSTAGE_KUBECONFIG, clouds: ['gcp'] });
  say('the app is ready');
  browser = await chromium.launchPersistentContext(path.join(dir, 'chromium'), {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    viewport: { width: 1280, height: 900 },
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  page = await browser.newPage();
  page.setDefaultTimeout(120_000);
  await Promise.race([journey(dir, page, app, forge), new Promise((_, no) => stop.signal.addEventListener('abort', () => no(stop.signal.reason)))]);
} catch (e) {
  failed = e;
  await page?.screenshot({ path: path.join(pictures, 'failed.png') }).catch(() => undefined);
  await cp(path.join(dir, 'backend.log'), path.join(pictures, 'backend.log')).catch(() => undefined);
}
await browser?.close();
await app?.stop();
forge.close();
await rm(dir, { recursive: true, force: true });
if (failed) console.error(failed);
process.exit(failed ? 1 : 0);

// A person fills in the form, in Chromium.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const dist = fileURLToPath(new URL('dist', import.meta.url));
const pictures = process.env.PICTURES ?? dist;
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const server = createServer(async (request, response) => {
  const name = new URL(request.url, 'http://form').pathname.slice(1) || 'index.html';
  try {
    const content = await readFile(path.join(dist, name));
    response.writeHead(200, { 'content-type': types[path.extname(name)] ?? 'application/octet-stream' }).end(content);
  } catch {
    response.writeHead(404).end();
  }
});

let profile, browser, page, steps;
before(async () => {
  await new Promise(ok => server.listen(0, '127.0.0.1', ok));
  profile = await mkdtemp(path.join(os.tmpdir(), 'form-'));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    viewport: { width: 1000, height: 700 },
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  page = await browser.newPage();
  page.setDefaultTimeout(60_000);
});
after(async () => {
  await browser.close();
  server.close();
  await rm(profile, { recursive: true });
});

async function open() {
  steps = 0;
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await field('type').waitFor();
}

// What a person does with a field counts as a step, and so does a button.
const field = name => page.locator(`#root_${name}`);
async function picture(name) {
  await page.locator('.MuiPopover-root').waitFor({ state: 'detached' }); // a list fades away
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}

async function press(name) {
  steps++;
  await page.getByRole('button', { name, exact: true }).click();
}

// choose takes one of a list, and returns all that the list has.
async function choose(name, option) {
  steps++;
  await field(name).click();
  const list = page.getByRole('listbox');
  await list.waitFor();
  const all = (await list.getByRole('option').allInnerTexts()).map(text => text.trim()).filter(Boolean);
  await list.getByRole('option', { name: option, exact: true }).click();
  await list.waitFor({ state: 'hidden' });
  return all;
}

async function pick(name, option) {
  steps++;
  await field(name).click();
  await page.getByRole('option', { name: option }).click();
}

async function write(name, text) {
  steps++;
  await field(name).fill(String(text));
}

async function sent() {
  await press('Review');
  await page.getByRole('button', { name: 'Create' }).waitFor();
  await picture('review');
  await press('Create');
  return JSON.parse(await page.locator('#sent').innerText());
}

async function owned(env, name) {
  await pick('system', 'gateway');
  await pick('owner', 'team-payments');
  await choose('env', env);
  await write('name', name);
}

test('an empty form becomes a database in 14 steps', async () => {
  await open();
  await choose('type', 'Database: PostgreSQL or MySQL');
  await choose('provider', 'Google Cloud');
  assert.deepEqual(await choose('databaseEngine', 'PostgreSQL'), ['PostgreSQL', 'MySQL']);
  const sizes = await choose('profile', 'medium: 4 vCPU, 16 GiB of memory, 128 GiB of disk (db-custom-4-16384)');
  assert.equal(sizes.length, 5);
  await choose('region', 'eu-west: europe-west1');
  await page.locator('.MuiPopover-root').waitFor({ state: 'detached' });
  await picture('what');
  await press('Next');
  await owned('prod: protected, and stays when its claim is deleted', 'main');
  await picture('whose');
  await press('Next');
  await field('databaseStorageGiB').waitFor();
  await picture('details');
  await write('databaseStorageGiB', 200);
  assert.deepEqual(await sent(), {
    type: 'database', provider: 'gcp', databaseEngine: 'postgres', profile: 'medium', region: 'eu-west',
    system: 'system:default/gateway', owner: 'group:default/team-payments', env: 'prod', name: 'main', dependencyOf: [], databaseStorageGiB: 200,
  });
  assert.equal(steps, 14);
});

test('what is asked for depends on type, cloud and env', async () => {
  await open();
  await choose('type', 'Bucket: files');
  await choose('provider', 'AWS');
  await field('region').waitFor();
  assert.equal(await field('profile').count(), 0);
  assert.equal(await field('databaseEngine').count(), 0);
  await choose('type', 'Cache: speaks the Redis protocol');
  await choose('profile', 'small: 2 vCPU, 2.32 GiB for keys (cache.t4g.medium)');
  await choose('provider', 'IBM Cloud');
  const regions = await choose('region', 'eu-central: eu-de');
  assert.ok(!regions.some(region => region.startsWith('eu-north')), regions);
  await press('Next');
  await owned('dev: for trying things out', 'sessions');
  await press('Next');
  await field('cachePersistence').waitFor();
  assert.equal(await field('cacheHighAvailability').count(), 0);
  assert.deepEqual(await choose('deletionPolicy', 'It stays at the cloud, and is billed on'), [
    'It goes with all that is in it', 'It stays at the cloud, and is billed on',
  ]);
  await choose('cachePersistence', 'On');
  assert.deepEqual(await sent(), {
    type: 'cache', provider: 'ibm', profile: 'small', region: 'eu-central', system: 'system:default/gateway',
    owner: 'group:default/team-payments', env: 'dev', name: 'sessions', dependencyOf: [], cachePersistence: 'true', deletionPolicy: 'Orphan',
  });
});

test('what no claim may say is refused in words', async () => {
  await open();
  await choose('type', 'Database: PostgreSQL or MySQL');
  await choose('provider', 'AWS');
  await choose('databaseEngine', 'PostgreSQL');
  await choose('profile', 'nano: 2 vCPU, 2 GiB of memory, 32 GiB of disk (db.t4g.small)');
  await choose('region', 'eu-north: eu-north-1');
  await choose('provider', 'IBM Cloud');
  await press('Next');
  assert.equal(await field('system').count(), 0, 'a region that IBM Cloud lacks goes on');
  await choose('provider', 'AWS');
  await press('Next');
  await owned('staging: for what comes before production', 'Main DB');
  await press('Next');
  await page.getByText("'Name' takes lowercase letters, digits and single hyphens").waitFor();
  await write('name', 'main');
  await press('Next');
  await write('databaseBackupRetentionDays', 90);
  await press('Review');
  assert.equal(await field('databaseBackupRetentionDays').evaluate(input => input.validity.rangeOverflow), true);
  await write('databaseBackupRetentionDays', 30);
  await write('databaseName', 'user');
  await press('Review');
  await page.getByText("is a word or a database of PostgreSQL's own; choose another", { exact: true }).waitFor();
  await picture('refused');
});

test('a queue lets identities in', async () => {
  await open();
  await choose('type', 'Queue: messages, each to one consumer');
  await choose('provider', 'AWS');
  await choose('region', 'eu-west: eu-west-1');
  assert.equal(await field('profile').count(), 0);
  await press('Next');
  await owned('prod: protected, and stays when its claim is deleted', 'orders');
  await press('Next');
  await page.getByRole('button', { name: 'Add Item' }).click();
  await write('queueAccess_0_principal', 'allUsers');
  await choose('queueAccess_0_role', 'Sends');
  await press('Review');
  await page.getByText('is everybody; name who is to be let in', { exact: true }).waitFor();
  await write('queueAccess_0_principal', 'arn:aws:iam::123456789012:role/app');
  assert.deepEqual((await sent()).queueAccess, [{ principal: 'arn:aws:iam::123456789012:role/app', role: 'send' }]);
});

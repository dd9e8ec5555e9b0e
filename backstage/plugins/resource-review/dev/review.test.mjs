// The last page in Chromium, over Backstage's own scaffolder: what it shows is what a run writes,
// for every filled form of backstage/testdata. PICTURES=folder keeps what it looks like.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { parse } from 'yaml';
import { serve } from './serve.mjs';

const testdata = fileURLToPath(new URL('../../../testdata/', import.meta.url));
const pictures = process.env.PICTURES ?? fileURLToPath(new URL('pictures/', import.meta.url));
const forms = Object.fromEntries(
  await Promise.all(
    (await readdir(testdata)).map(async file => {
      const [values, claim, entity] = (await readFile(join(testdata, file), 'utf8')).split('\n---\n');
      return [file, { values: parse(values), written: [claim, entity.trimEnd()] }];
    }),
  ),
);
const form = forms['postgres-gcp.yaml'].values;

const size = { width: 1160, height: 900 };

let app, profile, browser, page;
const errors = [];
before(async () => {
  await mkdir(pictures, { recursive: true });
  app = await serve();
  profile = await mkdtemp(join(tmpdir(), 'review-'));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    viewport: size,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  page.on('pageerror', e => errors.push(e.stack ?? e.message));
  await page.goto(app.url);
});
after(async () => {
  await browser.close();
  await app.stop();
  await rm(profile, { recursive: true, force: true });
});

afterEach(() => assert.deepEqual(errors, [], 'the page has errors'));

const press = name => page.getByRole('button', { name, exact: true }).click();
// Of the form alone, without the page around it.
const picture = async name => {
  await page.waitForTimeout(500); // the font, and the fading of skeletons
  const form = page.locator('article, [class*=MuiCard]').first();
  await form.screenshot({ path: join(pictures, `${name}.png`) });
};
const written = () => page.locator('figure');

// open fills the form in by its address, as a link to a form does, and goes to the last page.
async function open(values, { stock = false, template = 'create-resource', theme = 'light' } = {}) {
  errors.length = 0;
  app.state.answer = undefined;
  await page.evaluate(
    ([s, t]) => {
      localStorage.setItem('@backstage/core:SignInPage:provider', 'guest');
      localStorage.setItem('stock', s);
      localStorage.setItem('theme', t);
    },
    [String(stock), theme],
  );
  const data = encodeURIComponent(JSON.stringify(values));
  await page.goto(`${app.url}/create/templates/default/${template}?formData=${data}`);
  await page.locator('#root_type').waitFor();
  await press('Next');
  await page.locator('#root_name').waitFor();
  await press('Next');
  await page.getByText('Details').first().waitFor();
  return page;
}

// shown are the files of the last page.
async function shown() {
  await press('Review');
  await page.getByRole('button', { name: 'Create' }).waitFor();
  await written().first().waitFor();
  const text = await written().locator('pre').allTextContents();
  return text.map(t => t.trimEnd());
}

for (const [file, { values, written: wanted }] of Object.entries(forms)) {
  test(`what is shown is what is written: ${file}`, async () => {
    await open(values);
    assert.deepEqual(await shown(), wanted);
  });
}

const few = {
  type: 'database', provider: 'gcp', databaseEngine: 'postgres', profile: 'medium', region: 'eu-west', databaseStorageGiB: 200,
  system: 'system:default/gateway', owner: 'group:default/team-payments', env: 'prod', name: 'main',
};

for (const theme of ['light', 'dark']) {
  test(`a picture of the last page: ${theme}`, async () => {
    await open(few, { theme });
    await shown();
    await picture(`backstage-review-${theme}`);
  });
}

test('the last page on a narrow window', async () => {
  await page.setViewportSize({ width: 400, height: 900 });
  await open(few);
  await shown();
  await picture('narrow');
  const wide = await page.locator('figure').evaluateAll(all => all.some(f => f.getBoundingClientRect().right > window.innerWidth));
  await page.setViewportSize(size);
  assert.equal(wide, false, 'a file is wider than the page');
});

test('Create sends the answers that were shown, and a look sends nothing', async () => {
  await open(form);
  const before = app.state.tasks.length;
  await shown();
  assert.equal(app.state.tasks.length, before);
  await press('Create');
  await page.waitForURL('**/create/tasks/task-1');
  assert.deepEqual(app.state.tasks.slice(before), [{ templateRef: 'template:default/create-resource', values: form, secrets: {} }]);
  assert.deepEqual(app.backend.asked.filter(url => /pulls|git\/|graphql/.test(url)), [], 'a look opens no request');
});

test('who goes back sees the files of the new answers', async () => {
  await open(form);
  assert.match((await shown())[0], /name: cloudsql-main/);
  await press('Back');
  await press('Back');
  await page.locator('#root_name').fill('ledger');
  await press('Next');
  await page.locator('#root_databaseStorageGiB').waitFor();
  await page.locator('#root_databaseStorageGiB').fill('200');
  const [claim] = await shown();
  assert.match(claim, /name: cloudsql-ledger/);
  assert.match(claim, /storageGiB: 200/);
});

const refused = {
  taken: { reason: 'The catalog has the name.', values: { env: 'prod', name: 'taken' }, title: 'The name is taken' },
  there: { reason: 'The repository has the claim.', values: { env: 'prod', name: 'there' }, title: 'The claim is there already' },
  nowhere: { reason: 'The system has no domain.', values: { system: 'system:default/nowhere' }, title: 'The system has no domain' },
};
for (const [name, { reason, values, title }] of Object.entries(refused)) {
  test(`what the task would refuse is said before: ${name}`, async () => {
    await open({ ...few, ...values });
    await press('Review');
    await page.getByText(title, { exact: true }).waitFor();
    assert.equal(await written().count(), 0, reason);
    await picture(`refused-${name}`);
  });
}

test('who may not try a template out sees the answers, and may create', async () => {
  await open(form);
  app.state.answer = [403, { error: { name: 'NotAllowedError', message: 'Unauthorized' }, response: { statusCode: 403 } }];
  await press('Review');
  await page.getByText('Not allowed to see the files').waitFor();
  await page.getByText('orders', { exact: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Create' }).isEnabled(), true);
  await picture('not-allowed');
});

for (const [name, how] of Object.entries({ 'an app without the module': { stock: true }, 'another template': { template: 'another' } })) {
  test(`the answers alone, as Backstage shows them: ${name}`, async () => {
    await open(form, how);
    await press('Review');
    await page.getByRole('button', { name: 'Create' }).waitFor();
    await page.getByText('orders', { exact: true }).waitFor();
    assert.equal(await page.getByText('Your answers').count(), 0);
    assert.equal(await written().count(), 0);
    await press('Create');
    await page.waitForURL('**/create/tasks/task-1');
  });
}

test('the list of templates stays', async () => {
  await page.goto(`${app.url}/create/templates`);
  await page.getByText('Another template').first().waitFor();
});

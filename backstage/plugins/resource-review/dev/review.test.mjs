// The last page in Chromium, over Backstage's own scaffolder: what it shows is what a run writes,
// for every filled form of backstage/testdata. PICTURES=folder keeps what it looks like.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
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

let app, profile, browser, page;
const errors = [];
before(async () => {
  await mkdir(pictures, { recursive: true });
  app = await serve();
  profile = await mkdtemp(join(tmpdir(), 'review-'));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    viewport: { width: 1280, height: 900 },
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
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

const press = name => page.getByRole('button', { name, exact: true }).click();
const picture = name => page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
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
    assert.deepEqual(errors, []);
  });
}

test('pictures of the last page', async () => {
  for (const theme of ['light', 'dark']) {
    await open(form, { theme });
    await shown();
    await page.waitForTimeout(500); // the font, and the fading of skeletons
    await picture(`review-${theme}`);
  }
});

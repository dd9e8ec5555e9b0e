// Opens the built site in a browser, on a screen and on a phone: finds a page by the search, and
// takes pictures into bin/site; goes to the same page of another version and back. No page is wider than a phone.
import { createServer } from 'node:http';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const version = process.env.VERSION ?? 'v0.1.0';
const root = fileURLToPath(new URL('../../bin/site/', import.meta.url));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.png': 'image/png', '.svg': 'image/svg+xml' };
const asked = new Set();
// Beside the version there is an older one, which has all of its pages but one.
const older = 'v0.0.1';
const lacks = 'metrics.html';
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://site').pathname.replace(/\/$/, '/index.html');
  try {
    if (path === `/${older}/${lacks}`) {
      throw new Error('it is not there');
    }
    let body = readFileSync(join(root, path.replace(`/${older}/`, `/${version}/`)));
    if (path === '/versions.json') {
      body = JSON.stringify([version, older]);
    } else if (path.startsWith(`/${older}/`) && /\.(html|js|css)$/.test(path)) {
      body = body.toString().replaceAll(version, older);
    }
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const at = `http://127.0.0.1:${server.address().port}/${version}/`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const wrong = [];
let quiet = false;
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('request', r => asked.add(new URL(r.url()).hostname));
  page.on('pageerror', e => wrong.push(String(e)));
  page.on('response', r => r.status() > 399 && !quiet && wrong.push(`${r.url()} is answered by ${r.status()}`));
  await page.goto(at);
  await page.screenshot({ path: join(root, 'screen.png') });
  for (const [words, title] of [['visibility timeout', 'Queues'], ['PasswordUnknown', 'Runbooks'], ['bucketNameSalt', 'Settings']]) {
    await page.evaluate(() => sessionStorage.clear()); // the box shows what the last search found until it has found anew
    await page.goto(at);
    await page.getByRole('button', { name: 'Search' }).first().click();
    await page.locator('.VPLocalSearchBox input').fill(words);
    const results = page.locator('.VPLocalSearchBox .result');
    try {
      await results.filter({ hasText: new RegExp(title, 'i') }).first().waitFor({ timeout: 30_000 });
    } catch {
      wrong.push(`the search for ${words} finds ${await results.count()} places, and none in ${title}`);
    }
    await page.screenshot({ path: join(root, 'search.png') });
  }
  const turn = async (from, to, want) => {
    await page.goto(from);
    await page.locator('select.version:visible option').nth(1).waitFor({ state: 'attached', timeout: 10_000 });
    await Promise.all([page.waitForURL(want, { timeout: 10_000 }), page.locator('select.version:visible').selectOption(to)]);
  };
  const origin = at.slice(0, -version.length - 2);
  try {
    await turn(`${at}how-to/grow.html`, older, `${origin}/${older}/how-to/grow.html`);
    await turn(`${origin}/${older}/how-to/grow.html`, version, `${at}how-to/grow.html`);
    quiet = true; // that a page is not there is what is tried
    await turn(`${at}${lacks}`, older, `${origin}/${older}/`);
    quiet = false;
  } catch (e) {
    wrong.push(`the switch between versions: ${e}`);
  }
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  for (const file of readdirSync(join(root, version), { recursive: true }).filter(f => f.endsWith('.html'))) {
    await phone.goto(at + file);
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
    if (wide > 390) {
      wrong.push(`${file} is ${wide} pixels wide on a phone of 390`);
    }
    if (file === 'settings.html') {
      await phone.screenshot({ path: join(root, 'phone.png') });
    }
  }
} finally {
  await browser.close();
  server.close();
}
if (asked.size !== 1) {
  wrong.push(`the site asks ${[...asked].join(', ')}`);
}
for (const line of wrong) {
  console.error(line);
}
process.exit(wrong.length > 0 ? 1 : 0);

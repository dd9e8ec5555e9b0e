// Pictures of every state, in both themes and in a narrow window: npm run pictures [-- STATE …]
// They go to dev/pictures, which git ignores; `--docs` renews the few that the README shows.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { server } from './serve.mjs';
import { states } from './states.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const words = process.argv.slice(2);
const docs = words.includes('--docs');
// What the README shows.
const shown = { 'database-ready': ['light'], 'queue-on-a-server': ['dark'], refused: ['light'], 'claim-deleted': ['light'] };
const wanted = docs ? Object.keys(shown) : words.length ? words : Object.keys(states);
const views = [
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 1280 },
  { theme: 'light', width: 380 },
].filter(v => !docs || v.width > 400);
const to = docs ? join(here, '../docs') : join(here, 'pictures');

await mkdir(to, { recursive: true });
await new Promise(ok => server.listen(0, '127.0.0.1', ok));
const profile = await mkdtemp(join(tmpdir(), 'card-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
let bad = 0;
try {
  for (const { theme, width } of views) {
    const page = await browser.newPage();
    await page.setViewportSize({ width, height: 2000 });
    await page.addInitScript(t => {
      localStorage.setItem('theme', t);
      localStorage.setItem('@backstage/core:SignInPage:provider', 'guest');
    }, theme);
    page.setDefaultTimeout(40_000);
    const errors = [];
    page.on('pageerror', e => errors.push(e.stack ?? e.message));
    for (const state of wanted.filter(s => !docs || shown[s].includes(theme))) {
      errors.length = 0;
      await page.goto(`http://127.0.0.1:${server.address().port}/catalog/default/resource/${state}`);
      const card = page.locator('.bui-Card', { has: page.locator('h3', { hasText: / claim$/ }) });
      try {
        await card.waitFor();
        await card.locator('[role=status]').waitFor({ state: 'detached' });
        await page.waitForTimeout(300); // the font, and the fading of skeletons
        const name = docs ? `${state}.png` : `${state}-${theme}${width < 400 ? '-narrow' : ''}.png`;
        await card.screenshot({ path: join(to, name) });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0 && width < 400) {
          errors.push(`the page is ${wide} pixels too wide`);
        }
      } catch (e) {
        errors.push(e.message);
        await page.screenshot({ path: join(to, `${state}-${theme}-failed.png`) }).catch(() => undefined);
      }
      if (errors.length) {
        bad++;
        console.error(`${state}, ${theme}, ${width}: ${errors.join('; ')}`);
      }
    }
    await page.close();
  }
} finally {
  await browser.close();
  await new Promise(ok => server.close(ok));
  await rm(profile, { recursive: true, force: true });
}
console.log(`${wanted.length} states, ${bad} with errors`);
process.exit(bad ? 1 : 0);

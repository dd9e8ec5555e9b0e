// Follows every link of the built site to its page and its place on it, and holds that the menu
// has every page, and that pictures are those of today: what leads nowhere ends with 1.
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outdated } from './pictures/make.mjs';
import { newestFirst, versionsIn } from './versions.mjs';

const version = process.env.VERSION ?? 'v0.1.0';
const site = fileURLToPath(new URL(`../../bin/site/${version}/`, import.meta.url));
const pages = readdirSync(site, { recursive: true }).filter(f => f.endsWith('.html') && f !== '404.html');
const html = new Map(pages.map(p => [p, readFileSync(join(site, p), 'utf8')]));
const ids = new Map([...html].map(([p, text]) => [p, new Set([...text.matchAll(/ id="([^"]+)"/g)].map(m => m[1]))]));
const wrong = [];
const named = new Set();
let followed = 0;

for (const [page, text] of html) {
  const menu = /<aside class="VPSidebar[\s\S]*?<\/aside>/.exec(text)?.[0] ?? '';
  for (const [, href] of menu.matchAll(/ href="([^"]+)"/g)) {
    named.add(href.replace(`/${version}/`, '').replace(/\/$/, '/index.html') || 'index.html');
  }
  const body = /<main[\s\S]*?<\/main>/.exec(text)?.[0] ?? '';
  for (const [, href] of body.matchAll(/<a [^>]*?href="([^"]+)"/g)) {
    if (/^[a-z]+:/.test(href)) {
      continue;
    }
    followed++;
    const [path, anchor] = href.split('#');
    const base = path.startsWith(`/${version}/`) ? path.slice(version.length + 2) : relative(site, join(site, dirname(page), path));
    const to = path === '' ? page : base === '' || base.endsWith('/') || !base.includes('.') ? join(base, 'index.html') : base;
    if (!html.has(to) && !existsSync(join(site, to))) {
      wrong.push(`${page}: ${href} leads to no page`);
    } else if (anchor && html.has(to) && !ids.get(to).has(decodeURIComponent(anchor))) {
      wrong.push(`${page}: ${href} leads to no place on ${to}`);
    }
  }
}
for (const page of pages) {
  if (!named.has(page) && !page.startsWith('decisions/0')) {
    wrong.push(`${page} is not in the menu`);
  }
}
if (followed === 0 || named.size === 0) {
  wrong.push('the site has no links, or no menu');
}
for (const name of outdated()) {
  wrong.push(`docs/pictures/${name}.svg is out of date; run make pictures`);
}
const listed = JSON.parse(readFileSync(join(site, '../versions.json'), 'utf8'));
if (!listed.includes(version) || String(listed) !== String(versionsIn(new URL('../../bin/site/', import.meta.url)))) {
  wrong.push(`versions.json has ${listed}`);
}
const ordered = ['v1.10.0', 'v1.9.1', 'v1.9.0', 'v1.9.0-rc.10', 'v1.9.0-rc.2', 'v0.1.0'];
if (String([...ordered].reverse().sort(newestFirst)) !== String(ordered)) {
  wrong.push('versions are in another order than SemVer has them');
}
for (const line of wrong) {
  console.error(line);
}
console.log(`${pages.length} pages, ${followed} links between them, ${wrong.length} of them wrong`);
process.exit(wrong.length > 0 ? 1 : 0);

// Writes which versions stand side by side in bin/site, the newest first: versions.json, which the
// switch of every version reads, also of one that was built before the others came; and index.html,
// a page of links for whoever comes to the root.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const site = new URL('../../bin/site/', import.meta.url);

/** Orders versions as SemVer has them, the newest first: a pre-release comes before its release. */
export function newestFirst(a, b) {
  const parts = v => /^v(\d+)\.(\d+)\.(\d+)(?:-(.+))?$/.exec(v);
  const [x, y] = [parts(a), parts(b)];
  for (const i of [1, 2, 3]) {
    if (x[i] !== y[i]) {
      return Number(y[i]) - Number(x[i]);
    }
  }
  if (!x[4] !== !y[4]) {
    return x[4] ? 1 : -1;
  }
  return (y[4] ?? '').localeCompare(x[4] ?? '', 'en', { numeric: true });
}

/** The versions that a folder has. */
export const versionsIn = folder =>
  readdirSync(folder)
    .filter(name => /^v\d+\.\d+\.\d+(-[\w.-]+)?$/.test(name) && existsSync(new URL(`${name}/index.html`, folder)))
    .sort(newestFirst);

const page = versions => `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Crossplane resources: versions</title>
<style>body { font: 16px/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark; }</style>
<h1>Crossplane resources</h1>
<p>One claim for a database, a bucket, a cache or a queue on four clouds. Each version has its own pages:</p>
<ul>
${versions.map((v, i) => `<li><a href="./${v}/">${v}</a>${i === 0 ? ', the newest here' : ''}</li>`).join('\n')}
</ul>
<p>A version that is not here is built of its tag: <code>git checkout TAG</code>, <code>make site VERSION=TAG</code>.
Nobody hosts these pages for you: put this folder at the root of a web server.</p>
</html>
`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const versions = versionsIn(site);
  writeFileSync(new URL('versions.json', site), `${JSON.stringify(versions)}\n`);
  writeFileSync(new URL('index.html', site), page(versions));
  console.log(`versions side by side: ${versions.join(', ')}`);
}

// Links in the pages are those that GitHub follows, relative to a file. Here a link to a page
// leads to where the site has it, and one to anything else to the project's source of the
// site's version.
import { existsSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MarkdownRenderer } from 'vitepress';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const repository = 'https://github.com/victor-onl/crossplane-resources';

/** Where the site has a file of the project, or undefined where it is no page. */
export function pageOf(path: string): string | undefined {
  const named: Record<string, string> = {
    'README.md': 'index.md',
    'CONTRIBUTING.md': 'contributing.md',
    'CHANGELOG.md': 'changelog.md',
    'SECURITY.md': 'security.md',
    'package/README.md': 'install.md',
    'backstage/README.md': 'backstage/index.md',
    'docs/decisions/README.md': 'decisions/index.md',
    'docs/how-to/README.md': 'how-to/index.md',
  };
  return (
    named[path] ??
    /^docs\/(.+\.md)$/.exec(path)?.[1] ??
    (/^functions\/[^/]+\/README\.md$/.test(path) ? path.replace('/README.md', '.md') : undefined) ??
    (/^backstage\/plugins\/[^/]+\/README\.md$/.test(path) ? path.replace('/plugins', '').replace('/README.md', '.md') : undefined)
  );
}

/** A link of a file of the project, as the site has it. */
export function linkOf(from: string, href: string, version: string): string {
  if (/^([a-z]+:|#|\/)/.test(href)) {
    return href;
  }
  const [path, anchor] = href.split('#');
  const file = posix.normalize(posix.join(dirname(from), path)).replace(/\/$/, '');
  if (!existsSync(join(root, file))) {
    throw new Error(`${from}: the link to ${href} leads nowhere`);
  }
  const hash = anchor ? `#${anchor}` : '';
  const to = pageOf(file);
  const here = pageOf(from);
  if (to && here) {
    return `./${posix.relative(dirname(here), to)}${hash}`;
  }
  return `${repository}/${statSync(join(root, file)).isDirectory() ? 'tree' : 'blob'}/${version}/${file}${hash}`;
}

/** Has a renderer of Markdown follow the links. */
export function links(md: MarkdownRenderer, version: string) {
  md.core.ruler.push('links', state => {
    const from = posix.relative(root, state.env.realPath ?? state.env.path);
    for (const block of state.tokens) {
      for (const token of block.children ?? []) {
        const href = token.type === 'link_open' ? token.attrGet('href') : null;
        if (href) {
          token.attrSet('href', linkOf(from, decodeURI(href), version));
        }
      }
    }
  });
}

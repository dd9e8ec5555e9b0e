// The site of the project's pages: what is read on GitHub, with a search and a menu.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { links } from './links.ts';
import { sidebar } from './pages.ts';

const modules = (path: string) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));
const version = process.env.VERSION ?? 'v0.1.0';

export default defineConfig({
  title: 'Crossplane resources',
  description: 'One claim for a database, a bucket, a cache or a queue on four clouds',
  base: `/${version}/`,
  srcDir: '../..',
  // All that is a page; everything else of the project is linked to where its source is.
  srcExclude: ['**/node_modules/**', 'CLAUDE.md', '.cache/**', 'bin/**', 'hack/**', 'test/**', 'examples/**', 'backstage/test/**', 'backstage/templates/**', '.github/**', '**/testdata/**'],
  outDir: `../../bin/site/${version}`,
  cacheDir: '../../.cache/site',
  rewrites: {
    'README.md': 'index.md',
    'CONTRIBUTING.md': 'contributing.md',
    'CHANGELOG.md': 'changelog.md',
    'SECURITY.md': 'security.md',
    'package/README.md': 'install.md',
    'functions/:name/README.md': 'functions/:name.md',
    'backstage/README.md': 'backstage/index.md',
    'backstage/plugins/:name/README.md': 'backstage/:name.md',
    'docs/decisions/README.md': 'decisions/index.md',
    'docs/how-to/README.md': 'how-to/index.md',
    'docs/:page*': ':page*',
  },
  appearance: true,
  // The pages lie outside of this folder, which has what they are rendered by.
  vite: { resolve: { alias: [{ find: /^vue(\/server-renderer)?$/, replacement: modules('vue$1') }] } },
  markdown: { config: md => links(md, version) },
  themeConfig: {
    version, // what the switch is told
    nav: [{ text: 'How to', link: '/how-to/' }, { text: 'Reference', link: '/reference' }, { text: 'Changelog', link: '/changelog' }],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' }, // in the pages themselves: nobody else is asked
    socialLinks: [{ icon: 'github', link: 'https://github.com/victor-onl/crossplane-resources' }],
  },
});

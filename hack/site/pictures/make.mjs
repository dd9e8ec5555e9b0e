// Writes the pictures of docs: node hack/site/pictures/make.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { picture } from './draw.mjs';
import edit from './edit.mjs';
import life from './life.mjs';
import network from './network.mjs';
import overview from './overview.mjs';
import seen from './seen.mjs';
import stacks from './stacks.mjs';

const all = Object.entries({ overview, edit, life, stacks, network, seen });
const file = name => new URL(`../../../docs/pictures/${name}.svg`, import.meta.url);

/** The pictures that are not what is drawn today: some are made of tables in docs. */
export const outdated = () => all.filter(([name, of]) => readFileSync(file(name), 'utf8') !== picture(of)).map(([name]) => name);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, of] of all) {
    writeFileSync(file(name), picture(of));
  }
}

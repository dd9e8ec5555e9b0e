// Writes the pictures of docs: node hack/site/pictures/make.mjs
import { writeFileSync } from 'node:fs';
import { picture } from './draw.mjs';
import edit from './edit.mjs';
import life from './life.mjs';
import network from './network.mjs';
import overview from './overview.mjs';
import seen from './seen.mjs';
import stacks from './stacks.mjs';

for (const [name, of] of Object.entries({ overview, edit, life, stacks, network, seen })) {
  writeFileSync(new URL(`../../../docs/pictures/${name}.svg`, import.meta.url), picture(of));
}

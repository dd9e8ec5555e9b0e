// Writes the pictures of docs: node hack/site/pictures/make.mjs
import { writeFileSync } from 'node:fs';
import { picture } from './draw.mjs';
import edit from './edit.mjs';
import life from './life.mjs';
import overview from './overview.mjs';

for (const [name, of] of Object.entries({ overview, edit, life })) {
  writeFileSync(new URL(`../../../docs/pictures/${name}.svg`, import.meta.url), picture(of));
}

// The promises of one claim beside the fields that carry them on four clouds: the first table of
// docs/same.md, which a test holds to what is composed.
import { readFileSync } from 'node:fs';
import { wrapped } from './draw.mjs';

const page = readFileSync(new URL('../../../docs/same.md', import.meta.url), 'utf8');
const table = page.split('## A database\n\n')[1].split('\n\n')[0].split('\n');
const cells = line => line.slice(2, -2).split(' | ');
const [heads, , ...rows] = table.map(cells);
const left = 160;
const column = 196;
const height = 50;

/** What carries a promise: a field's last name and its value, or words. */
function carrier(text) {
  const [, path, value] = /^`([\w.]+): (.*)`$/.exec(text) ?? [];
  if (!path) {
    return wrapped(text.replaceAll('`', ''), 27);
  }
  const names = path.split('.');
  const name = names.at(-1).length < 6 ? names.slice(-2).join('.') : names.at(-1);
  const short = value.length > 24 ? `${value.slice(0, 20)}…` : value;
  return [{ text: name, look: 'small' }, { text: short, look: 'code' }];
}

const of = { 'Google Cloud': 'Cloud SQL', AWS: 'RDS', Azure: 'Flexible Server', 'IBM Cloud': 'Databases for PostgreSQL' };

export default {
  width: left + 4 * column + 16,
  height: 64 + rows.length * height + 14,
  title: 'The promises of one database claim, such as a standby, backups and TLS, and beside each the field that carries it on Google Cloud, AWS, Azure and IBM Cloud.',
  boxes: [
    { x: 10, y: 8, w: left - 20, h: 46, title: 'One claim', lines: [] },
    ...heads.slice(1).map((head, i) => ({ x: left + i * column, y: 8, w: column - 8, h: 46, look: 'main', title: head, lines: [of[head]] })),
    ...rows.flatMap(([promise, ...by], r) => [
      { x: 10, y: 62 + r * height, w: left - 20, h: height - 6, look: 'good', lines: wrapped(promise, 19) },
      ...by.map((text, i) => ({ x: left + i * column, y: 62 + r * height, w: column - 8, h: height - 6, lines: carrier(text) })),
    ]),
  ],
  arrows: [],
};

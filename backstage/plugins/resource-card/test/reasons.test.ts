// The rows of the card against the functions' own tables: a reason that is added there and
// forgotten here fails.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { composed, provisioned, sized } from '../src/claim/reasons';

const root = new URL('../../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** The rows of the table that begins with a head, each by its reason and its status. */
function rows(text: string, head: string): [string, string][] {
  const start = text.indexOf(`\n| ${head} |`);
  expect(start, `a table begins with ${head}`).toBeGreaterThan(0);
  return text
    .slice(start + 1, text.indexOf('\n\n', start))
    .split('\n')
    .slice(2)
    .map(line => line.split('|').map(cell => cell.trim()))
    .flatMap(([, reasons, status]): [string, string][] => [...reasons.matchAll(/`(\w+)`/g)].map(m => [m[1], status]));
}

const readme = read('functions/multicloud-db/README.md');

test('every reason of Composed that is not True has a row', () => {
  const reasons = rows(readme, '`Composed`').filter(([, status]) => status !== 'True');
  expect(reasons.length).toBeGreaterThan(10);
  expect(reasons.map(([reason]) => reason).filter(r => !composed[r])).toEqual([]);
});

test('every reason of Provisioned that is not True has a row', () => {
  const reasons = rows(readme, '`Provisioned`').filter(([, status]) => status !== 'True');
  expect(reasons.length).toBeGreaterThan(10);
  expect(reasons.map(([reason]) => reason).filter(r => !provisioned[r])).toEqual([]);
});

test('every reason with which a function answers fatal has a row', () => {
  const runbook = read('docs/runbooks.md');
  const section = runbook.slice(runbook.indexOf('## A function answers fatal'));
  const reasons = rows(section, 'reason').map(([reason]) => reason);
  expect(reasons.length).toBeGreaterThan(8);
  expect(reasons.filter(r => !composed[r] && !sized[r])).toEqual([]);
});

test('every reason with which the tagger tags nothing has a row', () => {
  const tagger = read('functions/cost-tagger/README.md');
  const reasons = rows(tagger, 'reason').filter(([, status]) => status !== 'True');
  expect(reasons.length).toBeGreaterThan(4);
  expect(reasons.map(([reason]) => reason).filter(r => !sized[r])).toEqual([]);
});

test('no row is left of a reason that the functions no longer have', () => {
  const all = [readme, read('functions/profile-sizer/README.md'), read('functions/cost-tagger/README.md'), read('docs/runbooks.md')].join(
    '\n',
  );
  const names = [...Object.keys(composed), ...Object.keys(provisioned), ...Object.keys(sized)];
  expect(names.filter(n => !all.includes(`\`${n}\``))).toEqual([]);
});

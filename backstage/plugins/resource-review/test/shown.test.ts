import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { pagesFor } from '../src/files/shown';

const { spec } = parse(readFileSync(new URL('../../../templates/create-resource/template.yaml', import.meta.url), 'utf8'));
const pages = spec.parameters.map((mergedSchema: { title: string }) => ({
  title: mergedSchema.title,
  mergedSchema,
  schema: {},
  uiSchema: {},
}));

const rows: Record<string, { reason: string; answers: Record<string, string>; has: string[]; lacks: string[] }> = {
  Nothing: {
    reason: 'An empty form has the fields of every form.',
    answers: {},
    has: ['type', 'provider', 'system'],
    lacks: ['region', 'databaseEngine'],
  },
  Database: {
    reason: 'A database has an engine, and its size on its cloud.',
    answers: { type: 'database', provider: 'gcp', databaseEngine: 'postgres', env: 'prod' },
    has: ['databaseEngine', 'profile', 'region', 'databaseVersion', 'databaseHighAvailability'],
    lacks: ['cachePersistence', 'queueAccess'],
  },
  Ibm: {
    reason: 'A database on IBM Cloud takes no word on high availability.',
    answers: { type: 'database', provider: 'ibm', databaseEngine: 'postgres', env: 'prod' },
    has: ['databaseVersion'],
    lacks: ['databaseHighAvailability'],
  },
};

test.each(Object.entries(rows))('the fields for answers: %s', (_, { reason, answers, has, lacks }) => {
  const names = pagesFor(pages, answers).flatMap(page => Object.keys(page.mergedSchema.properties as object));
  expect(names, reason).toEqual(expect.arrayContaining(has));
  expect(names.filter(name => lacks.includes(name)), reason).toEqual([]);
});

test('a field has its title and the words of its list', () => {
  const [first] = pagesFor(pages, { type: 'database', provider: 'gcp', databaseEngine: 'postgres' });
  expect(first.mergedSchema.properties).toMatchObject({ databaseEngine: { title: 'Engine', enumNames: ['PostgreSQL', 'MySQL'] } });
  expect(pages[0].mergedSchema.properties, 'The form’s own pages are not changed.').not.toHaveProperty('databaseEngine');
});

import { readFileSync } from 'node:fs';
import { ResponseError } from '@backstage/errors';
import { expect, test } from 'vitest';
import { noticeOf } from '../src/files/notices';
import { noAddress, noTemplate } from '../src/files/request';

const answered = (status: number, message = '', name = 'Error') =>
  ResponseError.fromResponse(
    new Response(JSON.stringify({ error: { name, message }, response: { statusCode: status } }), {
      status,
      headers: { 'content-type': 'application/json' },
    }) as never,
  );
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

const rows: Record<string, { reason: string; error: unknown; refused: boolean; title: string; text?: RegExp }> = {
  Taken: {
    reason: 'An entity of the name is in the catalog.',
    error: await answered(404, 'Entity with a free name instead of gcp-payments-prod-cloudsql-main not found'),
    refused: true,
    title: 'The name is taken',
    text: /^The catalog has gcp-payments-prod-cloudsql-main already\.$/,
  },
  Long: {
    reason: 'A name that the catalog does not take.',
    error: await answered(404, `Entity with a name of at most 63 characters instead of ${'a'.repeat(70)} not found`),
    refused: true,
    title: 'The name is too long',
    text: /has 70 characters/,
  },
  OddDomain: {
    reason: 'A domain that is no namespace.',
    error: await answered(404, 'Entity with a domain of letters, digits and hyphens instead of pay_ments not found'),
    refused: true,
    title: 'The system’s domain cannot name a namespace',
    text: /called pay_ments;/,
  },
  NoDomain: {
    reason: 'A system without a domain.',
    error: await answered(404, 'Entity that is the domain of this system not found'),
    refused: true,
    title: 'The system has no domain',
  },
  There: {
    reason: 'The repository has the claim.',
    error: await answered(500, 'dest already exists'),
    refused: true,
    title: 'The claim is there already',
  },
  Other: {
    reason: 'What no row knows is said as it is.',
    error: await answered(404, 'Request failed for https://github.com/myorg/payments-gitops, 404 Not Found'),
    refused: true,
    title: 'The template does not run with these answers',
    text: /payments-gitops, 404 Not Found$/,
  },
  Forbidden: {
    reason: 'A user without the permission is refused a look, and nothing else.',
    error: await answered(403, 'Unauthorized', 'NotAllowedError'),
    refused: false,
    title: 'Not allowed to see the files',
    text: /scaffolder\.template\.dry-run/,
  },
  SignedOut: { reason: 'A sign-in that has run out.', error: await answered(401), refused: false, title: 'Not signed in' },
  Unreached: {
    reason: 'A backend that does not answer.',
    error: new TypeError('Failed to fetch'),
    refused: false,
    title: 'Backstage is not reached',
  },
  Thrown: { reason: 'What is no error is said, too.', error: 'boom', refused: false, title: 'Backstage is not reached', text: /^boom$/ },
  File: {
    reason: 'A template that is no repository’s.',
    error: named(noAddress, 'it is a file'),
    refused: false,
    title: 'The files cannot be shown',
  },
  NoTemplate: {
    reason: 'A template that the user may not read.',
    error: named(noTemplate, 'none'),
    refused: false,
    title: 'The files cannot be shown',
  },
};

test.each(Object.entries(rows))('what is said: %s', (_, { reason, error, refused, title, text }) => {
  const notice = noticeOf(error);
  expect({ refused: notice.refused, title: notice.title }, reason).toEqual({ refused, title });
  expect(notice.text, reason).toMatch(text ?? /./);
  expect(notice.todo, reason).toMatch(/\.$/);
});

test('the sentences are those of the template’s steps', () => {
  const steps = readFileSync(new URL('../../../templates/create-resource/steps.yaml', import.meta.url), 'utf8');
  for (const words of [
    'with a free name instead of',
    'with a name of at most 63 characters instead of',
    'with a domain of letters, digits and hyphens instead of',
    'that is the domain of this system',
  ]) {
    expect(steps).toContain(`"${words}`);
  }
});

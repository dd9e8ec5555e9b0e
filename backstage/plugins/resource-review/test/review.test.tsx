// @vitest-environment jsdom
// The last page on Backstage's own test app: what it asks for, and how it shows what comes back.
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { scmIntegrationsApiRef } from '@backstage/integration-react';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { ScaffolderDryRunOptions } from '@backstage/plugin-scaffolder-common';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import type { JsonObject } from '@backstage/types';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { Review } from '../src/components/Review';

afterEach(cleanup);

const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: {
    name: 'create-resource',
    annotations: { 'backstage.io/managed-by-location': 'url:https://github.com/o/r/blob/main/template.yaml' },
  },
  spec: { type: 'resource', steps: [{ action: 'fetch:template:file', input: { url: './claim.njk' } }] },
};
const page = { title: 'Page', schema: {}, uiSchema: {}, mergedSchema: { properties: { name: { type: 'string', title: 'Short name' } } } };
const claim = (text: string) => ({
  directoryContents: [{ path: 'repository/crossplane/claims/prod/x/claim.yaml', base64Content: Buffer.from(text).toString('base64') }],
  log: [],
  steps: [],
  output: {},
});

type DryRun = (asked: ScaffolderDryRunOptions) => Promise<ReturnType<typeof claim>>;

// show puts the last page up, and returns a way to give it other answers.
function show(dryRun: DryRun, answers: JsonObject = { name: 'main' }) {
  let set: (answers: JsonObject) => void = () => undefined;
  const Page = () => {
    const [formState, setFormState] = useState(answers);
    set = setFormState;
    return <Review templateRef="template:default/create-resource" formState={formState} schemas={[page]} />;
  };
  renderInTestApp(<Page />, {
    apis: [
      [catalogApiRef, { getEntityByRef: async () => template } as never],
      [scaffolderApiRef, { dryRun } as never],
      [scmIntegrationsApiRef, { resolveUrl: ({ url, base }: { url: string; base: string }) => new URL(url, base).href } as never],
    ],
  });
  return (other: JsonObject) => act(() => set(other));
}

const see = (text: string | RegExp) => screen.findByText(text, undefined, { timeout: 30_000 });

test('the files, below their paths, and the answers', async () => {
  const asked: ScaffolderDryRunOptions[] = [];
  show(async of => {
    asked.push(of);
    return claim('kind: Resource\n');
  });
  await see('crossplane/claims/prod/x/claim.yaml');
  await see('kind: Resource');
  await see('Short name');
  expect(asked.map(a => a.values)).toEqual([{ name: 'main' }]);
  expect(asked[0].template.spec.steps[0].input?.url).toBe('https://github.com/o/r/blob/main/claim.njk');
  expect(asked[0].directoryContents).toEqual([]);
});

test('what somebody typed is text, and no part of the page', async () => {
  const typed = 'name: "<img src=x onerror=alert(1)><script>alert(2)</script>"';
  show(async () => claim(typed));
  expect((await see(typed)).tagName).toBe('PRE');
  expect(document.querySelector('pre img, pre script')).toBeNull();
});

test('an answer to earlier answers is not shown beside later ones', async () => {
  const open: Record<string, (of: ReturnType<typeof claim>) => void> = {};
  const change = show(({ values }) => new Promise(done => (open[String(values.name)] = done)));
  await waitFor(() => expect(open.main).toBeDefined());
  change({ name: 'other' });
  await waitFor(() => expect(open.other).toBeDefined());
  open.other(claim('name: other'));
  await see('name: other');
  await act(async () => open.main(claim('name: main')));
  expect(screen.queryByText('name: main')).toBeNull();
  change({ name: 'third' });
  expect(screen.queryByText('name: other'), 'The files of earlier answers go at once.').toBeNull();
});

test('what the scaffolder refuses stands in place of the files, and the answers below', async () => {
  show(async () => {
    throw new TypeError('Failed to fetch');
  });
  await see('Backstage is not reached');
  await see('Short name');
  expect(document.querySelector('pre')).toBeNull();
});

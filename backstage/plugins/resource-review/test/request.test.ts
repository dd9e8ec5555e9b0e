import type { Entity } from '@backstage/catalog-model';
import type { JsonValue } from '@backstage/types';
import { describe, expect, test } from 'vitest';
import { filesOf } from '../src/files/files';
import { requestOf } from '../src/files/request';

const template = (annotations: Record<string, string>, ...urls: (JsonValue | undefined)[]) => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'create-resource', annotations },
  spec: { type: 'resource', steps: urls.map(url => ({ action: 'fetch:template:file', input: { url, targetPath: 'x' } })) },
});
const source = 'url:https://github.com/myorg/platform/tree/main/templates/';
const location = 'url:https://github.com/myorg/platform/blob/main/templates/template.yaml';
const resolve = ({ url, base }: { url: string; base: string }) => new URL(url, base).href;

type Value = JsonValue | undefined;

const addresses: Record<string, { reason: string; annotations?: Record<string, string>; url: Value; want: Value }> = {
  File: {
    reason: 'A file beside the template is read where the catalog read the template.',
    url: './skeleton/claim.yaml.njk',
    want: 'https://github.com/myorg/platform/blob/main/templates/skeleton/claim.yaml.njk',
  },
  Above: { reason: 'A folder above is one, too.', url: '../shared', want: 'https://github.com/myorg/platform/blob/main/shared' },
  SourceFirst: {
    reason: 'The source location goes before the other, as for a task.',
    annotations: { 'backstage.io/source-location': source, 'backstage.io/managed-by-location': location },
    url: './skeleton',
    want: 'https://github.com/myorg/platform/tree/main/templates/skeleton',
  },
  Address: { reason: 'What is an address stays.', url: 'https://github.com/a/b', want: 'https://github.com/a/b' },
  Expression: { reason: 'What an answer decides is not touched.', url: '${{ parameters.url }}', want: '${{ parameters.url }}' },
  None: { reason: 'A step without an address stays.', url: undefined, want: undefined },
  Number: { reason: 'An input of another kind stays.', url: 7, want: 7 },
};

describe.each(Object.entries(addresses))('the address of a step: %s', (_, { reason, annotations, url, want }) => {
  test(reason, () => {
    const of = template(annotations ?? { 'backstage.io/managed-by-location': location }, url);
    const asked = requestOf(of, { type: 'bucket' }, resolve);
    expect(asked.template.spec.steps[0].input, reason).toEqual({ url: want, targetPath: 'x' });
    expect(asked.values).toEqual({ type: 'bucket' });
    expect(of.spec.steps[0].input.url, 'The catalog’s own copy is not changed.').toBe(url);
  });
});

const refusals: Record<string, { reason: string; of: Entity | undefined; name: string }> = {
  NoTemplate: { reason: 'A user who may not read the template.', of: undefined, name: 'NoTemplate' },
  OtherKind: { reason: 'Another kind is no template.', of: { ...template({}), kind: 'System' }, name: 'NoTemplate' },
  File: {
    reason: 'A file of the backend’s is no address.',
    of: template({ 'backstage.io/managed-by-location': 'file:/app/template.yaml' }, './x'),
    name: 'NoAddress',
  },
  Nowhere: { reason: 'A template of no known place.', of: template({}, './x'), name: 'NoAddress' },
};

test.each(Object.entries(refusals))('no request: %s', (_, { reason, of, name }) => {
  expect(() => requestOf(of, {}, resolve), reason).toThrow(expect.objectContaining({ name }));
});

test('a template that reads nothing of its own needs no place', () => {
  expect(requestOf(template({}, 'https://a/b'), {}, resolve).directoryContents).toEqual([]);
});

const made = (files: Record<string, string>) => ({
  directoryContents: Object.entries(files).map(([path, text]) => ({ path, base64Content: Buffer.from(text).toString('base64') })),
});

test('the files are those that are published, the claim first, in UTF-8', () => {
  const files = filesOf(
    made({
      'claim.yaml': 'left',
      'repository/catalog/resources/a.yaml': 'naïve ✓',
      'repository/crossplane/claims/prod/b/claim.yaml': 'kind: Resource\n',
    }),
  );
  expect(files).toEqual([
    { path: 'crossplane/claims/prod/b/claim.yaml', text: 'kind: Resource\n' },
    { path: 'catalog/resources/a.yaml', text: 'naïve ✓' },
  ]);
});

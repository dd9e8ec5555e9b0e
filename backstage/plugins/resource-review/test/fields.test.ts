// @vitest-environment jsdom
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { expect, test } from 'vitest';
import { fieldsOf } from '../src/fields';

test('an app’s own field is one of the form', () => {
  const component = () => null;
  expect(fieldsOf([createFormField({ name: 'OwnPicker', component })])).toMatchObject([{ name: 'OwnPicker', component }]);
});

test('a field of a version that is not known is an error, not a field less', () => {
  const newer = { $$type: '@backstage/scaffolder/FormField', version: 'v2' } as never;
  expect(() => fieldsOf([newer])).toThrow('A field of a form has the version v2; resource-review knows v1');
});

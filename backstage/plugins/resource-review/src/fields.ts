import type { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import type { FormField } from '@backstage/plugin-scaffolder-react/alpha';

const version = 'v1'; // that this reads, as Backstage's own page of templates does

/**
 * fieldsOf are an app's fields as a form takes them. What a field holds is no part of its type, as
 * Backstage publishes it: another version than the one known here is an error, and not a field less.
 */
export function fieldsOf(fields: FormField[]): FieldExtensionOptions[] {
  return fields.map(field => {
    const is = field as FormField & { version?: string } & FieldExtensionOptions;
    if (is.$$type !== '@backstage/scaffolder/FormField' || is.version !== version) {
      throw new Error(`A field of a form has the version ${is.version}; resource-review knows ${version}`);
    }
    return is;
  });
}

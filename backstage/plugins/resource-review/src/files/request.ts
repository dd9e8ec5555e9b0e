import { ANNOTATION_LOCATION, ANNOTATION_SOURCE_LOCATION, type Entity, parseLocationRef } from '@backstage/catalog-model';
import { isTemplateEntityV1beta3, type ScaffolderDryRunOptions, type TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import type { JsonObject, JsonValue } from '@backstage/types';

/** The name of the error of a template whose files a dry run has no address for. */
export const noAddress = 'NoAddress';

/** The name of the error of a template that the catalog does not have, or not for this user. */
export const noTemplate = 'NoTemplate';

const failed = (name: string, message: string) => Object.assign(new Error(message), { name });

type Resolve = (address: { url: string; base: string }) => string;

/**
 * requestOf is the dry run of a template with answers. A dry run has no folder of the template's,
 * where a task has the one that the catalog read it from: so the steps get whole addresses, made
 * as the scaffolder makes them for a task, and read the very same files by the backend's own rights.
 */
export function requestOf(template: Entity | undefined, values: JsonObject, resolve: Resolve): ScaffolderDryRunOptions {
  if (!template || !isTemplateEntityV1beta3(template)) {
    throw failed(noTemplate, 'the catalog has no such template');
  }
  let base: string | undefined;
  const whole = (url: string) => resolve({ url, base: (base ??= baseOf(template)) });
  const steps = template.spec.steps.map(step => {
    const url = step.input?.url;
    return isRelative(url) ? { ...step, input: { ...step.input, url: whole(url) } } : step;
  });
  return { template: { ...template, spec: { ...template.spec, steps } }, values, directoryContents: [] };
}

// Whether a file or a folder is named by where it is from the template.
const isRelative = (url: JsonValue | undefined): url is string => typeof url === 'string' && /^\.{1,2}(\/|$)/.test(url);

// Where the template's own folder is, by the annotations that the scaffolder goes by
// (getEntityBaseUrl of plugin-scaffolder-backend 4.2.0).
function baseOf({ metadata }: TemplateEntityV1beta3): string {
  const location = metadata.annotations?.[ANNOTATION_SOURCE_LOCATION] ?? metadata.annotations?.[ANNOTATION_LOCATION];
  const { type, target } = location ? parseLocationRef(location) : { type: 'none', target: '' };
  if (type !== 'url') {
    throw failed(noAddress, `the template's location is ${location ?? 'not said'}, and not an address`);
  }
  return target;
}

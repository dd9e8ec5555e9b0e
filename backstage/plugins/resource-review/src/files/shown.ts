import type { ParsedTemplateSchema } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonObject, JsonValue } from '@backstage/types';

type Schema = { properties?: Record<string, JsonObject>; required?: string[]; const?: JsonValue; enum?: JsonValue[] };
type Rule = { if?: Schema; then?: Schema };

/**
 * pagesFor are the pages with the fields that answers bring up put among those of every form:
 * Backstage's list of answers looks for the titles and words of a field there alone
 * (findSchemaForKey of plugin-scaffolder-react 3.0.0).
 */
export function pagesFor(pages: ParsedTemplateSchema[], answers: JsonObject): ParsedTemplateSchema[] {
  return pages.map(page => {
    const { properties, allOf } = page.mergedSchema as Schema & { allOf?: Rule[] };
    const more = (allOf ?? []).filter(rule => rule.if && holds(rule.if, answers)).map(rule => rule.then?.properties ?? {});
    return { ...page, mergedSchema: { ...page.mergedSchema, properties: Object.assign({}, properties, ...more) } };
  });
}

// Whether answers are as the condition of a generated form says, which asks for words alone.
function holds({ properties = {}, required = [] }: Schema, answers: JsonObject): boolean {
  return (
    required.every(name => answers[name] !== undefined) &&
    Object.entries(properties as Record<string, Schema>).every(([name, is]) => {
      const answer = answers[name];
      return answer === undefined || (is.enum ? is.enum.includes(answer) : is.const === answer);
    })
  );
}

import { z } from 'zod';

/**
 * How a schema is shown in the API description where that differs from how it is checked: a query parameter is read
 * as text, but is a number, a switch or a list to whoever sends it.
 */
export const jsonForms = z.registry<{ readonly form: Readonly<Record<string, unknown>> }>();

/** Gives the schema its form in the API description. */
export function shownAs<Schema extends z.ZodType>(form: Readonly<Record<string, unknown>>, schema: Schema): Schema {
  jsonForms.add(schema, { form });
  return schema;
}

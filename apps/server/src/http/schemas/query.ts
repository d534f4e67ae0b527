import { z } from 'zod';
import { identifier } from './fields.js';
import { shownAs } from './json-form.js';

// Query parameters are texts; one that is given twice is an array and fails here.

/** `true` or `false`. */
export function flag() {
  return shownAs(
    { type: 'boolean' },
    z.enum(['true', 'false']).transform((value) => value === 'true'),
  );
}

/** A whole number of the closed range. */
export function count({ min, max }: { readonly min: number; readonly max: number }) {
  return shownAs(
    { type: 'integer', minimum: min, maximum: max },
    z
      .string()
      .regex(/^\d{1,9}$/, `Expected a whole number from ${min} to ${max}.`)
      .transform(Number)
      .pipe(z.int().min(min).max(max)),
  );
}

/** The first status code of a hundred; 0 for what got no response. */
export const statusCodeClass = count({ min: 0, max: 500 })
  .refine((value) => value % 100 === 0, { error: 'Expected 0, 100, 200, 300, 400 or 500.' })
  .optional();

/** A list, comma-separated or as a repeated parameter. */
export function listParameter() {
  return shownAs(
    { type: 'array', items: { type: 'string' } },
    z
      .union([z.string(), z.array(z.string())])
      .transform((value) =>
        [value]
          .flat()
          .flatMap((part) => part.split(','))
          .filter((part) => part !== ''),
      )
      .pipe(z.array(identifier()).max(500))
      .transform((values) => (values.length === 0 ? undefined : values)),
  );
}

/** What every list understands. */
export const pageParameters = {
  limit: count({ min: 1, max: 250 }).optional().meta({ description: 'Most items to return; 50 when absent.' }),
  iterator: z
    .string()
    .max(2_048)
    .optional()
    .meta({ description: 'Where to go on: `iterator` or `prevIterator` of an earlier answer.' }),
  order: z.enum(['ascending', 'descending']).optional(),
};

/** The parameters that every list understands, as read. */
export type PageParameters = z.output<z.ZodObject<typeof pageParameters>>;

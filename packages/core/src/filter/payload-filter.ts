/** A JSON value. */
export type FilterValue = null | boolean | number | string;

/**
 * Which messages of its event types and channels an endpoint receives, by what is in their payload:
 *
 * - Each key names a member of the payload; all of them must match. A plain object goes on below that member.
 * - A value must be equal; of a list of values, one must be equal.
 * - An object whose keys begin with `$` compares: `$eq`, `$ne`, `$in`, `$nin`, `$gt`, `$gte`, `$lt`, `$lte`
 *   (two numbers, or two texts by code unit), `$startsWith`, `$endsWith`, `$contains` (texts), `$exists`.
 * - `$and` and `$or` take a list of filters, `$not` a filter; they stand beside names or alone.
 * - A list in the payload matches when one of its items does, for all members named in one object the same item;
 *   `$ne`, `$nin` and `$not` match when none does.
 *
 * `{ "data": { "currency": ["EUR", "USD"], "amount": { "$gte": 100 } } }`
 *
 * Numbers are compared as IEEE 754 doubles. There are no regular expressions.
 */
export type PayloadFilter = Readonly<Record<string, unknown>>;

/** Bounds of a filter: objects within objects, all values together, values of one list, characters of one text. */
export const payloadFilterLimits = { depth: 12, values: 100, list: 50, text: 512 } as const;

/** Comparisons with one value. */
export const valueOperators = new Set([
  '$eq',
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$startsWith',
  '$endsWith',
  '$contains',
]);
/** Comparisons with a list of values. */
export const listOperators = new Set(['$in', '$nin']);

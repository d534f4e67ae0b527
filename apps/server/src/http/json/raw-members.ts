import { z } from 'zod';
import { RawJson } from './raw-json.js';

const rawMembers = z.registry<{ readonly names: readonly string[] }>();
const setsBySchema = new WeakMap<object, ReadonlySet<string>>();
const none: ReadonlySet<string> = new Set();

/** A member that is kept as the text that was sent; its object must be marked with `withRawMembers`. */
export function rawJson() {
  return z.instanceof(RawJson, { error: 'A value is required.' });
}

/** Marks a body whose named members are `rawJson()`. */
export function withRawMembers<Schema extends z.core.$ZodType>(schema: Schema, names: readonly string[]): Schema {
  rawMembers.add(schema, { names });
  return schema;
}

/** Which members of the body to keep as they are. */
export function rawMembersOf(schema: object): ReadonlySet<string> {
  const known = setsBySchema.get(schema);
  if (known !== undefined) return known;
  const found = schema instanceof z.core.$ZodType ? rawMembers.get(schema) : undefined;
  const set = found === undefined ? none : new Set(found.names);
  setsBySchema.set(schema, set);
  return set;
}

import { z } from 'zod';
import {
  maxNameLength,
  validateChannel,
  validateEventTypeName,
  validateThrottleRate,
  validateUid,
  type IdPrefix,
  type Validation,
} from '@postrider/core';
import { shownAs } from './json-form.js';

// Rules of fields that several resources share.

/** A schema whose values are judged, and brought into their one form, by a validator of the core. */
export function checkedBy<Schema extends z.ZodType, Out>(
  schema: Schema,
  validate: (value: z.output<Schema>) => Validation<Out, string>,
) {
  return schema.transform((value, context): Out => {
    const verdict = validate(value);
    if (verdict.ok) return verdict.value;
    context.addIssue({ code: 'custom', message: verdict.message, params: { type: verdict.code } });
    return z.NEVER;
  });
}

/** A text of the given length that any store can hold (no NUL) and any encoder can write (no lone surrogate). */
export function text({ min = 0, max }: { readonly min?: number; readonly max: number }) {
  return z
    .string()
    .min(min, min === 1 ? 'Must not be empty.' : undefined)
    .max(max)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), {
      error: 'Must not contain NUL or half of a surrogate pair.',
    });
}

const identifierForm = { type: 'string', pattern: '^[a-zA-Z0-9_.-]+$', maxLength: maxNameLength };
const instantForm = { type: 'string', format: 'date-time' };

/** Whether a text may be a uid, an event id, a channel or a tag. */
export function isIdentifier(value: string): boolean {
  return validateChannel(value).ok;
}

/** The adopter's own name for something: 1–256 of `a-z A-Z 0-9 - _ .`. */
export function identifier() {
  return shownAs(identifierForm, checkedBy(z.string(), validateChannel));
}

/** An `identifier` that stands where our own ids stand too, and so must not look like one. */
export function uid(prefix: IdPrefix) {
  return shownAs(
    identifierForm,
    checkedBy(z.string(), (value) => validateUid(value, prefix)),
  );
}

/** The name of an event type: `identifier` parts separated by single full stops. */
export function eventTypeName() {
  return shownAs(identifierForm, checkedBy(z.string(), validateEventTypeName));
}

/** A list that restricts something, and therefore must not be empty: an empty one would mean "nothing". */
export function selection<Item extends z.ZodType>(item: Item, max: number) {
  return z.array(item).min(1, 'Must not be empty: leave it out (or send null) for everything.').max(max);
}

/** Free texts by name. */
export function metadata() {
  return z
    .record(text({ min: 1, max: 256 }), text({ max: 4_096 }))
    .refine((value) => Object.keys(value).length <= 128, { error: 'Must not have more than 128 entries.' });
}

/** Requests per second. */
export function throttleRate() {
  return checkedBy(z.int(), validateThrottleRate);
}

/** An instant as ISO 8601 with a time zone, as a `Date`. */
export function instant() {
  return shownAs(
    instantForm,
    z.iso
      .datetime({ offset: true, error: 'Expected an instant as ISO 8601, such as 2026-01-31T12:00:00Z.' })
      .transform((value) => new Date(value)),
  );
}

/** An instant of the output. */
export function instantOut() {
  return shownAs(instantForm, z.iso.datetime());
}

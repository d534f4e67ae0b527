import type { IdPrefix } from '../ids.js';
import { accept, refuse, show, type Validation } from './validation.js';

/** Most characters that a uid, event id, event type name or channel may have. */
export const maxNameLength = 256;

const namePattern = /^[a-zA-Z0-9\-_.]+$/;

function validateName(value: unknown, what: string): Validation<string> {
  if (typeof value === 'string' && value.length <= maxNameLength && namePattern.test(value)) return accept(value);
  return refuse(
    'validation',
    `Found ${show(value)} as ${what}; expected 1 to ${maxNameLength} of the characters a-z, A-Z, 0-9, "-", "_" and ".".`,
  );
}

function refuseIdPrefix(name: Validation<string>, what: string, prefix: IdPrefix): Validation<string> {
  if (!name.ok || !name.value.startsWith(prefix)) return name;
  return refuse(
    'validation',
    `Found ${show(name.value)} as ${what}; it must not begin with "${prefix}", which marks ids that Postrider gives: choose another beginning.`,
  );
}

/**
 * An adopter's own name for a resource. Wherever the resource's id stands a uid may stand too, so it must not look
 * like one: `prefix` is that of the resource.
 */
export function validateUid(value: unknown, prefix: IdPrefix): Validation<string> {
  return refuseIdPrefix(validateName(value, 'a uid'), 'a uid', prefix);
}

/** An adopter's own name for a message; the uid of messages. */
export function validateEventId(value: unknown): Validation<string> {
  return refuseIdPrefix(validateName(value, 'an eventId'), 'an eventId', 'msg_');
}

/** A channel: a label of messages that endpoints select by. */
export function validateChannel(value: unknown): Validation<string> {
  return validateName(value, 'a channel');
}

/** The name of an event type: words joined by single dots, such as `invoice.paid`. */
export function validateEventTypeName(value: unknown): Validation<string> {
  const name = validateName(value, 'an event type');
  if (!name.ok || !name.value.split('.').includes('')) return name;
  return refuse(
    'validation',
    `Found ${show(value)} as an event type; expected words joined by single dots, such as "invoice.paid": remove the dot that has no word on both sides.`,
  );
}

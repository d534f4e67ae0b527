import assert from 'node:assert/strict';
import { copyPlain } from '../copy-plain.js';

/** Deep equality of plain data, in which an absent member and an `undefined` one are the same. */
export function assertSame(actual: unknown, expected: unknown, message?: string): void {
  assert.deepEqual(copyPlain(actual), copyPlain(expected), message);
}

/** Equality of lists whose order means nothing. */
export function assertSameMembers(actual: readonly string[], expected: readonly string[], message?: string): void {
  assert.deepEqual([...actual].sort(), [...expected].sort(), message);
}

/** The ids of records. */
export function idsOf(records: readonly { readonly id: string }[]): string[] {
  return records.map(({ id }) => id);
}

/** The value, which a rule says is there. */
export function present<T>(value: T | undefined, what: string): T {
  assert.ok(value !== undefined, `${what}: expected it to be there, found undefined`);
  return value;
}

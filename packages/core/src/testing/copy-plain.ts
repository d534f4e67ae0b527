/**
 * A deep copy of plain data (objects, arrays, dates, primitives) without its `undefined` members. Stores copy what
 * they are given and what they give, so that nobody outside can change what is stored.
 */
export function copyPlain<T>(value: T): T {
  return copyValue(value) as T;
}

function copyValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return new Date(value);
  if (Array.isArray(value)) return value.map(copyValue);
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) copy[key] = copyValue(member);
  }
  return copy;
}

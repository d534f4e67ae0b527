import { spend } from './work-limit.js';

/** Whether no two items are the same JSON value. Takes time in proportion to the list. */
export function isUniqueList(items: readonly unknown[]): boolean {
  const seen = new Set<string>();
  for (const item of items) {
    const text = canonical(item);
    spend(1 + text.length);
    if (seen.has(text)) return false;
    seen.add(text);
  }
  return true;
}

/** The same text for the same value, in whatever order its keys are. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}

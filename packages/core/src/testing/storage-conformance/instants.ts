/** The beginning of time in the suite. No case looks at a real clock. */
export const baseAt: Date = new Date('2026-01-01T00:00:00.000Z');

/** The instant so many seconds after `baseAt`. */
export function at(seconds: number): Date {
  return new Date(baseAt.getTime() + seconds * 1000);
}

/** The instant so many days after `baseAt`. */
export function atDay(days: number): Date {
  return at(days * 86_400);
}

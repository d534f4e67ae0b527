const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const MONTH = MONTHS.join('|');
const TIME = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})';

/** RFC 9110 §5.6.7: the preferred form, then the two obsolete ones that a recipient must understand as well. */
const FORMS = [
  new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\\d{2}) (?<month>${MONTH}) (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(
    `^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\\d{2})-(?<month>${MONTH})-(?<year>\\d{2}) ${TIME} GMT$`,
  ),
  new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>${MONTH}) (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
];

/**
 * Milliseconds since 1970 of an HTTP-date, or `undefined` when the text is not exactly one.
 * `Date.parse` is no substitute: it accepts `'2'`, local times and dates that do not exist.
 * A two-digit year is read as the nearest one that is at most 50 years ahead of `now` (RFC 9110).
 */
export function parseHttpDate(text: string, now: Date): number | undefined {
  for (const form of FORMS) {
    const fields = form.exec(text)?.groups;
    if (fields !== undefined) return toEpochMs(fields, now);
  }
  return undefined;
}

function toEpochMs(fields: Record<string, string | undefined>, now: Date): number | undefined {
  const year = fullYear(fields['year'] ?? '', now);
  const month = MONTHS.indexOf(fields['month'] ?? '');
  const day = Number(fields['day']);
  const [hour, minute, second] = [Number(fields['hour']), Number(fields['minute']), Number(fields['second'])];
  // The grammar knows leap seconds; the time scale of JavaScript does not.
  if (hour > 23 || minute > 59 || second > 60) return undefined;

  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(hour, minute, Math.min(second, 59), 0);
}

function fullYear(digits: string, now: Date): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = now.getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}

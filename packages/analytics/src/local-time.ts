import { refuse } from './query-rules.js';

/** Where an instant lies in a time zone. */
export interface LocalTime {
  /** `2026-03-29`. */
  readonly date: string;
  /** 0–23. */
  readonly hour: number;
}

/** Reads the clocks and calendars of an IANA time zone, daylight saving included. Throws `VALIDATION_FAILED`. */
export function localTimeIn(timeZone: string): (atMs: number) => LocalTime {
  const format = formatOf(timeZone);
  return (atMs) => {
    const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
    const date = ['year', 'month', 'day'].map((type) => parts.get(type as Intl.DateTimeFormatPartTypes)).join('-');
    return { date, hour: Number(parts.get('hour')) };
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const twoDigits = '2-digit' as const;
  const fields = { year: 'numeric', month: twoDigits, day: twoDigits, hour: twoDigits, hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, calendar: 'gregory', numberingSystem: 'latn', ...fields });
  } catch {
    throw refuse(
      'timeZone',
      `timeZone: expected an IANA time zone such as "Europe/Berlin", found ${JSON.stringify(timeZone.slice(0, 60))}.`,
    );
  }
}

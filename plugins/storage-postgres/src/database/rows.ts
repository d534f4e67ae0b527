/** The row of a record: what the record may lack is `null` there. */
export type RowOf<T> = {
  -readonly [K in keyof T]-?: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K];
};

/** The record of a row: without the members that are `null`. */
export function toRecord<T extends object>(row: RowOf<T>): T {
  const record: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(row)) if (value !== null) record[key] = value;
  return record as T;
}

/** The row of a record: `null` in each of the `columns` that the record lacks. */
export function toRow<T extends object>(record: T, columns: readonly (keyof T & string)[]): RowOf<T> {
  const row: Record<string, unknown> = {};
  for (const column of columns) row[column] = record[column] ?? null;
  return row as RowOf<T>;
}

/** An array as PostgreSQL writes it, for arrays within arrays of parameters. */
export function toArrayLiteral(values: readonly string[] | undefined): string | null {
  if (values === undefined) return null;
  return `{${values.map((value) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

const lastInstant = { ms: Number.NaN, text: '' };

/** The instant as a parameter. The rows of a batch share most of theirs, and writing one is dear: the last is kept. */
export function toTimestamp(at: Date | undefined): string | null {
  if (at === undefined) return null;
  const ms = at.getTime();
  if (ms !== lastInstant.ms) Object.assign(lastInstant, { ms, text: at.toISOString() });
  return lastInstant.text;
}

import { createHash } from 'node:crypto';
import { backupTables, coreError, type BackupRow } from '@postrider/core';
import { z } from 'zod';

/** Rises when an older version could not read a backup any more. */
const formatVersion = 1;

/** The first line of a backup. */
const header = z.strictObject({
  format: z.literal('postrider-backup'),
  formatVersion: z.int(),
  /** Of the server that wrote it. */
  version: z.string(),
  createdAt: z.iso.datetime(),
  /** The package of the storage that it was taken from. */
  storage: z.string(),
});

/** The last line: without it the backup is cut off. */
const trailer = z.strictObject({
  rows: z.record(z.string(), z.int()),
  /** Of all lines before, as bytes with their line ends, and of the JSON of `rows`. */
  sha256: z.string(),
});

export type BackupHeader = Omit<z.output<typeof header>, 'format' | 'formatVersion'>;
export type RowCounts = Readonly<Record<string, number>>;

/** What stands in a backup, told once it was read to its end. */
export interface BackupSummary {
  readonly header: BackupHeader;
  readonly rows: RowCounts;
}

/** The lines of a backup: a header, a line for each row (`[table, values]`), a trailer with counts and checksum. */
export async function* writeBackup(
  rows: AsyncIterable<BackupRow>,
  about: BackupHeader,
  done: (summary: BackupSummary) => void,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const counts: Record<string, number> = Object.fromEntries(backupTables.map(({ name }) => [name, 0]));
  const toLine = (value: unknown): string => {
    const line = `${JSON.stringify(value)}\n`;
    hash.update(line);
    return line;
  };
  yield toLine({ format: 'postrider-backup', formatVersion, ...about });
  for await (const { table, values } of rows) {
    counts[table] = (counts[table] ?? 0) + 1;
    yield toLine([table, values]);
  }
  hash.update(JSON.stringify(counts));
  yield `${JSON.stringify({ rows: counts, sha256: hash.digest('hex') })}\n`;
  done({ header: about, rows: counts });
}

/**
 * The rows of a backup. Throws `BACKUP_INVALID` where a line is damaged or, at the end, when lines are missing or were
 * changed: who stores the rows must be able to take them back until then.
 */
export async function* readBackup(
  lines: AsyncIterable<string>,
  done: (summary: BackupSummary) => void = () => undefined,
): AsyncGenerator<BackupRow> {
  const hash = createHash('sha256');
  let about: BackupHeader | undefined;
  let end: z.output<typeof trailer> | undefined;
  for await (const line of lines) {
    if (end !== undefined) throw invalid('There is something after its end');
    const value = parse(line);
    if (about === undefined) {
      about = readHeader(value);
    } else if (Array.isArray(value)) {
      yield readRow(value);
    } else {
      end = readTrailer(value);
      continue;
    }
    hash.update(`${line}\n`);
  }
  if (about === undefined || end === undefined) throw invalid('It ends too early');
  hash.update(JSON.stringify(end.rows));
  if (hash.digest('hex') !== end.sha256) throw invalid('Its checksum is wrong: something in it was changed');
  done({ header: about, rows: end.rows });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (cause) {
    throw invalid('A line of it is not JSON', cause);
  }
}

function readHeader(value: unknown): BackupHeader {
  const parsed = header.safeParse(value);
  if (!parsed.success) throw invalid('It does not begin like a backup of Postrider');
  const { format: _, formatVersion: version, ...about } = parsed.data;
  if (version !== formatVersion) {
    throw invalid(`Its format has version ${version}, and this program reads ${formatVersion}: use a newer one`);
  }
  return about;
}

function readRow(value: readonly unknown[]): BackupRow {
  const parsed = z.tuple([z.string(), z.record(z.string(), z.unknown())]).safeParse(value);
  if (!parsed.success) throw invalid('A line of it is no row');
  return { table: parsed.data[0], values: parsed.data[1] };
}

function readTrailer(value: unknown): z.output<typeof trailer> {
  const parsed = trailer.safeParse(value);
  if (!parsed.success) throw invalid('A line of it is neither a row nor the end');
  return parsed.data;
}

function invalid(problem: string, cause?: unknown): Error {
  return coreError(
    'BACKUP_INVALID',
    `The backup cannot be used. ${problem}. Take another backup; nothing was stored.`,
    {
      cause,
    },
  );
}

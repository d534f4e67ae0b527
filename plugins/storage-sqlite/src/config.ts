import { coreError } from '@postrider/core';
import { z } from 'zod';

/** Options of the plugin. */
export const sqliteStorageConfig = z.strictObject({
  path: z
    .string()
    .trim()
    .min(1)
    .refine((path) => path !== ':memory:' && !path.startsWith('file:'), {
      error: 'must be the path of a file: databases in memory or by URI would not survive a restart',
    })
    .describe('The database file, created if missing; relative paths start at the working directory.'),
  cacheMiB: z
    .int()
    .min(2)
    .max(65_536)
    .default(64)
    .describe('Memory for cached database pages, in MiB. More keeps more of the indexes out of the disk.'),
  autoMigrate: z
    .boolean()
    .default(true)
    .describe('Brings the schema up to date when it opens the file; otherwise it refuses one that is behind.'),
});

/** Options as given: defaults may be left out. */
export type SqliteStorageOptions = z.input<typeof sqliteStorageConfig>;

/** Options with defaults filled in. */
export type SqliteStorageConfig = z.output<typeof sqliteStorageConfig>;

/** Checks the options and fills in defaults. Throws `CONFIG_INVALID`. */
export function parseSqliteStorageOptions(options: SqliteStorageOptions): SqliteStorageConfig {
  const result = sqliteStorageConfig.safeParse(options);
  if (result.success) return result.data;
  throw coreError('CONFIG_INVALID', `The options of the SQLite storage are invalid. ${z.prettifyError(result.error)}`);
}

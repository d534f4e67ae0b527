import { isPostriderError } from '@postrider/core';

/** What the exit of a process means, the server's and that of `postrider`; from them the reference is made. */
export const exitCodes = {
  /** Stopped as asked, or did what it was told. */
  ok: 0,
  /** A fault that has no code of its own, or was told twice to stop. */
  failure: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A check found something that somebody should do. */
  findings: 3,
  /** EX_DATAERR: what is stored, or a backup, does not fit this version. */
  dataUnfit: 65,
  /** EX_UNAVAILABLE: the store cannot be reached, or another process has it. */
  unavailable: 69,
  /** EX_IOERR: nothing can be written. */
  cannotWrite: 74,
  /** EX_CONFIG: trying again does not help. */
  badConfiguration: 78,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The reference of exit codes: what each one means, and whether a supervisor may start the process again. */
export const exitCodeDocs: readonly (readonly [ExitCode, string])[] = [
  [exitCodes.ok, 'stopped as asked (SIGTERM or SIGINT) after draining; or a command did what it was told'],
  [
    exitCodes.failure,
    'failed: a fault nobody handled, or a second signal while the server was draining (its leases are given back)',
  ],
  [exitCodes.usage, 'the command line is wrong'],
  [
    exitCodes.findings,
    'a check (`doctor`, `migrate status`, `migrate verify`, `secrets status`) found something to do',
  ],
  [
    exitCodes.dataUnfit,
    'the schema is too new or behind and may not be changed, a migration failed, the store is corrupt, or a backup is damaged; what is stored is as it was',
  ],
  [
    exitCodes.unavailable,
    'the database cannot be reached, or another process owns the embedded store; may be tried again',
  ],
  [exitCodes.cannotWrite, 'the disk is full or read-only, or this user may not write there'],
  [
    exitCodes.badConfiguration,
    'the configuration is wrong, a plugin is missing or does not fit, or the key of the stored secrets was not given; what is wrong is on standard error',
  ],
];

const codesOfErrors: Readonly<Record<string, ExitCode>> = {
  CONFIG_INVALID: exitCodes.badConfiguration,
  PLUGIN_LOAD_FAILED: exitCodes.badConfiguration,
  PLUGIN_WIRING_FAILED: exitCodes.badConfiguration,
  SECRET_KEY_MISSING: exitCodes.badConfiguration,
  SECRET_KEY_FILE_INVALID: exitCodes.badConfiguration,
  STORAGE_UNAVAILABLE: exitCodes.unavailable,
  STORAGE_LOCKED: exitCodes.unavailable,
  STORAGE_FULL: exitCodes.cannotWrite,
  STORAGE_SCHEMA_TOO_NEW: exitCodes.dataUnfit,
  STORAGE_SCHEMA_BEHIND: exitCodes.dataUnfit,
  STORAGE_MIGRATION_FAILED: exitCodes.dataUnfit,
  STORAGE_CORRUPT: exitCodes.dataUnfit,
  STORAGE_NOT_EMPTY: exitCodes.dataUnfit,
  BACKUP_INVALID: exitCodes.dataUnfit,
};

/** What the system and SQLite call it when nothing can be written. */
const writeFaults: ReadonlySet<unknown> = new Set([
  ...['ENOSPC', 'EROFS', 'EACCES', 'EPERM', 'EDQUOT'],
  ...['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_READONLY_DIRECTORY', 'SQLITE_CANTOPEN'],
]);

function cannotWrite(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    // A port that may not be listened on is no file.
    const isListening = 'syscall' in at && at.syscall === 'listen';
    if ('code' in at && !isListening && writeFaults.has(at.code)) return true;
  }
  return false;
}

/** The exit code for what went wrong: the outermost error with a code of its own says what it was. */
export function exitCodeOf(error: unknown): ExitCode {
  if (cannotWrite(error)) return exitCodes.cannotWrite;
  for (let at = error; isPostriderError(at); at = at.cause) {
    const code = codesOfErrors[at.code];
    if (code !== undefined) return code;
  }
  return exitCodes.failure;
}

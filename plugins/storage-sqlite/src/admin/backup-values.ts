import { coreError, type BackupColumnKind } from '@postrider/core';

/** The value of a column in a backup, from what SQLite keeps. */
export function toBackupValue(kind: BackupColumnKind, stored: unknown): unknown {
  if (stored === null) return null;
  switch (kind) {
    case 'instant':
      return new Date(stored as number).toISOString();
    case 'flag':
      return stored === 1;
    case 'texts':
    case 'numbers':
    case 'json':
      return JSON.parse(stored as string) as unknown;
    case 'text':
    case 'number':
      return stored;
  }
}

/** What SQLite keeps, from the value of a column in a backup. Throws `BACKUP_INVALID` for what does not fit. */
export function fromBackupValue(kind: BackupColumnKind, value: unknown): unknown {
  if (value === null) return null;
  switch (kind) {
    case 'instant': {
      const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
      return Number.isNaN(ms) ? refuse(kind, value) : ms;
    }
    case 'flag':
      return typeof value === 'boolean' ? Number(value) : refuse(kind, value);
    case 'texts':
    case 'numbers':
      return Array.isArray(value) ? JSON.stringify(value) : refuse(kind, value);
    case 'json':
      return JSON.stringify(value);
    case 'text':
      return typeof value === 'string' ? value : refuse(kind, value);
    case 'number':
      return typeof value === 'number' ? value : refuse(kind, value);
  }
}

function refuse(kind: BackupColumnKind, value: unknown): never {
  // Never the value itself, which may be a secret.
  throw coreError('BACKUP_INVALID', `Expected a column of kind ${kind}, found a value of type ${typeof value}.`);
}

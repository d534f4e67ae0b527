import { coreError, type ReplaceResult } from '@postrider/core';
import { checkIfMatch } from '../requests/record-version.js';
import { noteChange } from '../requests/request-trail.js';
import { conflict, notFound } from './api-error.js';

const maxTries = 10;

/** A record that carries its own compare-and-set token. */
interface Versioned {
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ChangeParams<T extends Versioned> {
  /** What it is called in answers. */
  readonly kind: string;
  readonly load: () => Promise<T | undefined>;
  /** The record as it should be; may throw an `ApiError`. Runs again when somebody else was faster. */
  readonly edit: (current: T) => T | Promise<T>;
  readonly replace: (next: T) => Promise<ReplaceResult<T>>;
  readonly now: () => Date;
}

/** Read, edit, compare-and-set, until it fits: concurrent changes of one record all take effect, one after the other. */
export async function changeRecord<T extends Versioned>(params: ChangeParams<T>): Promise<T> {
  const { kind, load, edit, replace, now } = params;
  for (let tries = 0; tries < maxTries; tries += 1) {
    const current = await load();
    if (current === undefined) throw notFound(kind);
    checkIfMatch(current);
    const edited = await edit(current);
    const result = await replace({ ...edited, version: current.version + 1, updatedAt: now() });
    switch (result.outcome) {
      case 'replaced':
        noteChange({ before: current, after: result.record });
        return result.record;
      case 'uid_taken':
        throw uidTaken(kind);
      case 'not_found':
        throw notFound(kind);
      case 'version_mismatch':
        break;
    }
  }
  throw coreError(
    'STORAGE_CONFLICT',
    `The ${kind} was changed by others ${maxTries} times while it was being changed.`,
  );
}

/** 409 for a uid that another record has. */
export function uidTaken(kind: string): ReturnType<typeof conflict> {
  return conflict('conflict', `Another ${kind} has this uid.`);
}

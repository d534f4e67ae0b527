import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { secretError } from './errors.js';
import { parseSealingKeys } from './key-ring.js';

/** Read and written by the server's user alone. */
const mode = 0o600;

/** The keys of the file, the first one seals; `undefined` when there is no file. Throws `SECRET_KEY_FILE_INVALID`. */
export function readKeyFile(path: string): readonly Buffer[] | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw fileError(path, `cannot be read (${codeOf(error)})`, error);
  }
  const keys = parseSealingKeys(text);
  if (keys === undefined || keys.length === 0) {
    throw fileError(path, 'has other contents than keys of 32 bytes in base64, one on a line');
  }
  return keys;
}

/**
 * Writes the keys, whole or not at all, and on the disk before it returns. With `isNew` it does not replace a file:
 * then it returns `false`. Throws `SECRET_KEY_FILE_INVALID`.
 */
export function writeKeyFile(path: string, keys: readonly Uint8Array[], { isNew }: { isNew: boolean }): boolean {
  const text = keys.map((key) => `${Buffer.from(key).toString('base64')}\n`).join('');
  const written = isNew ? path : `${path}.new`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(written, isNew ? 'wx' : 'w', mode);
    writeSync(file, text);
    fsyncSync(file);
    closeSync(file);
    if (!isNew) renameSync(written, path);
    return true;
  } catch (error) {
    if (isNew && hasCode(error, 'EEXIST')) return false;
    throw fileError(path, `cannot be written (${codeOf(error)})`, error);
  }
}

function fileError(path: string, problem: string, cause?: unknown): Error {
  return secretError(
    'SECRET_KEY_FILE_INVALID',
    `The key file ${path} ${problem}. Put it right or restore it, or give its keys as POSTRIDER_SECRETS_KEY. Nothing was changed.`,
    { cause },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}

function hasCode(error: unknown, code: string): boolean {
  return codeOf(error) === code;
}

import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { coreError } from '@postrider/core';

const isCompressed = (path: string): boolean => path.endsWith('.gz');

/** Writes the lines to a new file that only its owner can read: whole and on the disk, or not at all. */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const partial = `${path}.partial`;
  try {
    const output = createWriteStream(partial, { mode: 0o600 });
    const source = Readable.from(lines);
    await (isCompressed(path) ? pipeline(source, createGzip(), output) : pipeline(source, output));
    const file = await open(partial, 'r+');
    await file.sync();
    await file.close();
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** The lines of a file, decompressed when its name ends in `.gz`. Rejects with `BACKUP_INVALID`. */
export async function* readLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const failed = Promise.withResolvers<never>();
  // Looked at below; a failure in between must not count as unhandled.
  failed.promise.catch(() => undefined);
  const input = isCompressed(path) ? file.pipe(createGunzip()) : file;
  const fail = (cause: Error): void => failed.reject(unreadable(path, cause));
  for (const stream of new Set([file, input])) stream.once('error', fail);
  const lines = createInterface({ input, crlfDelay: Infinity })[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([lines.next(), failed.promise]);
      if (next.done === true) break;
      yield next.value;
    }
    // A stream that breaks off ends the lines, too.
    await Promise.race([failed.promise, new Promise((resolve) => setImmediate(resolve))]);
  } finally {
    file.destroy();
  }
}

function unreadable(path: string, cause: Error): Error {
  return coreError('BACKUP_INVALID', `The backup ${path} cannot be read: ${cause.message}. Nothing was stored.`, {
    cause,
  });
}

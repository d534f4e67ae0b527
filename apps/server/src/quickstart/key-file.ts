import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerConfig } from '../config/server-config.js';

/**
 * Where the sample server keeps the key that it generated on its first start, so that later starts can point to
 * it. Readable by its owner only. The server proper never writes a key down.
 */
export interface KeyFile {
  readonly path: string;
  write(key: string): void;
  /** `undefined` when there is no such file, or none that can be read. */
  read(): string | undefined;
}

/** Each database has a file of its own: it would else overwrite the only copy of the key of another one. */
export function openKeyFile({ dataDir, databaseUrl }: Pick<ServerConfig, 'dataDir' | 'databaseUrl'>): KeyFile {
  const path = join(dataDir, `quickstart-api-key${databaseUrl === undefined ? '' : `-${nameOf(databaseUrl)}`}`);
  return {
    path,
    write: (key) => {
      mkdirSync(dataDir, { recursive: true });
      writeFileSync(path, `${key}\n`, { mode: 0o600 });
    },
    read: () => {
      try {
        return readFileSync(path, 'utf8').trim();
      } catch {
        return undefined;
      }
    },
  };
}

/** The same for one database whoever connects to it. */
function nameOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 8);
}

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where the sample server keeps the key that it generated on its first start, so that later starts can point to
 * it. Readable by its owner only. The server proper never writes a key down.
 */
export interface KeyFile {
  readonly path: string;
  write(key: string): void;
  exists(): boolean;
}

export function openKeyFile(dataDir: string): KeyFile {
  const path = join(dataDir, 'quickstart-api-key');
  return {
    path,
    write: (key) => {
      mkdirSync(dataDir, { recursive: true });
      writeFileSync(path, `${key}\n`, { mode: 0o600 });
    },
    exists: () => existsSync(path),
  };
}

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openKeyFile } from './key-file.js';

const directory = mkdtempSync(join(tmpdir(), 'postrider-key-file-'));
afterAll(() => rmSync(directory, { recursive: true }));

const fileOf = (databaseUrl?: string) => openKeyFile({ dataDir: join(directory, 'data'), databaseUrl });

describe('the key file', () => {
  it('is made with its directory, for its owner alone', () => {
    expect(fileOf().read()).toBeUndefined();
    fileOf().write('key of the embedded store');
    expect(fileOf().read()).toBe('key of the embedded store');
    expect(statSync(fileOf().path).mode & 0o777).toBe(0o600);
  });

  it('is another one for every database, whoever connects to it', () => {
    fileOf('postgres://app:one@db/app').write('key of the database');
    expect(fileOf().read()).toBe('key of the embedded store');
    expect(fileOf('postgres://app:two@db/app').read()).toBe('key of the database');
    expect(fileOf('postgres://app:one@db/other').read()).toBeUndefined();
    expect(fileOf('postgres://app:one@db/app').path).not.toContain('one');
  });
});

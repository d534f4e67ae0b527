import { symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { killChildren, startChild } from './support/child-process.js';
import { TemporaryDatabases } from './support/temporary-databases.js';

const databases = new TemporaryDatabases();
afterAll(() => databases.remove());
afterAll(killChildren);

// Processes take as long to start as the machine is busy.
const timeoutMs = 120_000;

describe('the process lock', () => {
  it('refuses a second storage on the file, in this process too, until the first is closed', async () => {
    const path = databases.newPath();
    const first = databases.open(path);
    await first.migrate({});
    const second = databases.open(path);
    await expect(second.migrate({})).rejects.toMatchObject({
      code: 'STORAGE_LOCKED',
      details: { pid: process.pid, host: hostname() },
    });
    await first.close();
    await second.migrate({});
    await second.close();
  });

  it('is not passed by another name of the same file', async () => {
    const path = databases.newPath();
    const first = databases.open(path);
    await first.migrate({});
    const link = databases.newPath();
    symlinkSync(path, link);
    await expect(databases.open(link).migrate({})).rejects.toMatchObject({ code: 'STORAGE_LOCKED' });
    await first.close();
  });

  it(
    'holds against other processes, names the one that holds it, and ends with it however it dies',
    async () => {
      const path = databases.newPath();
      const child = startChild('lock-holder.ts', [path]);
      for await (const line of child.lines) {
        expect(line).toBe('open');
        break;
      }
      const storage = databases.open(path);
      await expect(storage.migrate({})).rejects.toMatchObject({
        code: 'STORAGE_LOCKED',
        message: expect.stringContaining(`process ${String(child.process.pid)} on host ${hostname()}`) as string,
      });
      await child.kill();
      await storage.migrate({});
      expect(await storage.health({})).toMatchObject({ healthy: true });
      await storage.close();
    },
    timeoutMs,
  );
});

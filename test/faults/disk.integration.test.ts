/** F15 and S9: the disk is full, and then there is room again. Needs the right to mount; says so where it is missing. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startDrill, until, type Drill } from './support/drill.ts';

let drill: Drill | undefined;
const keep = (started: Drill): Drill => {
  drill = started;
  return started;
};
afterEach(async () => {
  await drill?.close();
  drill = undefined;
});

const sizeMiB = 24;

/** A part of the answer of `/health`. */
interface HealthCheck {
  readonly name: string;
  readonly status: string;
}

function mountSmallDisk(): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'postrider-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(sizeMiB)}m`, 'tmpfs', directory], { stdio: 'pipe' });
    return directory;
  } catch (error) {
    rmSync(directory, { recursive: true });
    if (process.env['CI'] === 'true') throw error;
    console.warn(`F15 IS NOT TESTED: mounting a tmpfs is not allowed here (${String(error)})`);
    return undefined;
  }
}

const directory = mountSmallDisk();

it.skipIf(directory === undefined)(
  'F15 and S9 a full disk refuses publishes, loses nothing, is said by health, and is over when there is room',
  async () => {
    const disk = directory ?? '';
    const own = keep(
      await startDrill({
        name: 'sqlite',
        create: async () => ({
          environment: { POSTRIDER_STORAGE: '@postrider/storage-sqlite', POSTRIDER_DATA_DIR: disk },
          drop: async () => {
            execFileSync('umount', [disk]);
            rmSync(disk, { recursive: true });
          },
        }),
      }),
    );
    const server = await own.start();
    const customer = await own.addCustomer(server, { good: 'good' });
    expect(await own.publishMany(server, customer, 50)).toBe(50);
    const filler = join(disk, 'filler');
    expect(() => {
      for (;;) appendFileSync(filler, Buffer.alloc(4_096));
    }).toThrow('ENOSPC');

    const isReady = async () => (await fetch(`${server.url}/api/v1/health/ready`)).status === 204;
    // What SQLite has reserved already is used up first.
    await until('publishes are refused', async () => (await own.publishMany(server, customer, 50)) === 0, 60_000);
    await until('readiness says no', async () => !(await isReady()));
    expect((await fetch(`${server.url}/api/v1/health/live`)).status).toBe(204);
    const health = (await (await fetch(`${server.url}/api/v1/health`)).json()) as { checks: HealthCheck[] };
    expect(health.checks).toContainEqual(expect.objectContaining({ name: 'storage', status: 'down' }));
    const acceptedWhileFull = await own.publishMany(server, customer, 20);
    expect(acceptedWhileFull).toBe(0);

    rmSync(filler);
    await until('readiness says yes', isReady);
    expect(await own.publishMany(server, customer, 50)).toBe(50);
    expect(await own.verdict(server)).toEqual([]);
    expect(server.output()).not.toContain('UnhandledPromiseRejection');
  },
  150_000,
);

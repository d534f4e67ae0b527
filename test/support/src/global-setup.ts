import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { dropLeftoverDatabases, runIdVariable } from './postgres.ts';
import { lineServerAnswers, postgresAnswers } from './probe.ts';
import { serviceVariables, skipLogVariable } from './services.ts';

const loopback = {
  postgres: 'postgres://postgres@127.0.0.1:5432/postgres',
  redis: 'redis://127.0.0.1:6379',
  nats: 'nats://127.0.0.1:4222',
} as const;

/**
 * Finds the services of this run once, before any worker starts, and publishes them through the environment, which
 * the workers inherit. A package whose tests need a service names this module as `globalSetup` of its vitest
 * configuration. Returns the teardown.
 */
export default async function setup(): Promise<() => Promise<void>> {
  // Several projects of one run name this setup; the first one has done the work.
  if (process.env[runIdVariable] !== undefined) return async () => undefined;
  process.env[runIdVariable] = randomBytes(4).toString('hex');
  const directory = await mkdtemp(join(tmpdir(), 'postrider-test-'));
  process.env[skipLogVariable] = join(directory, 'skipped.jsonl');
  process.env[serviceVariables.redis] ||= await findRedis();
  process.env[serviceVariables.nats] ||= await findNats();
  const stopPostgres = await providePostgres();
  return async () => {
    await stopPostgres();
    await rm(directory, { recursive: true, force: true });
  };
}

async function findRedis(): Promise<string> {
  const answers = await lineServerAnswers({ port: 6379, greeting: 'PING\r\n', expectedStart: '+PONG' });
  return answers ? loopback.redis : 'none';
}

async function findNats(): Promise<string> {
  const answers = await lineServerAnswers({ port: 4222, greeting: '', expectedStart: 'INFO ' });
  return answers ? loopback.nats : 'none';
}

async function providePostgres(): Promise<() => Promise<void>> {
  const variable = serviceVariables.postgres;
  if (process.env[variable] === 'none') return async () => undefined;
  if (process.env[variable] || (await postgresAnswers(loopback.postgres))) {
    process.env[variable] ||= loopback.postgres;
    return reportLeftovers;
  }
  try {
    const server = await startEmbeddedPostgres();
    process.env[variable] = server.url;
    return async () => {
      await reportLeftovers();
      await server.stop();
    };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.env[variable] = 'none';
    return async () => undefined;
  }
}

async function reportLeftovers(): Promise<void> {
  const names = await dropLeftoverDatabases();
  if (names.length > 0) console.warn(`Tests left ${String(names.length)} database(s) behind: ${names.join(', ')}`);
}

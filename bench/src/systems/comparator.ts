import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ComparatorRequest } from '../comparators/comparator-process.ts';
import { createDatabase } from './databases.ts';
import { cpuMicroseconds, cpuMicrosecondsByName, residentBytes } from './process-usage.ts';
import { startRedis } from './redis.ts';
import type { FeedOrder, RunningSystem, System } from './system.ts';

type Kind = 'bare' | 'bullmq' | 'pg-boss' | 'graphile-worker';

/** What a comparator keeps its jobs in. */
interface Store {
  readonly url: string;
  cpuMicroseconds(): number;
  remove(): Promise<void>;
}

const token = 'bench-comparator-token';

/** A sender built on a queue from npm; `isFed` leaves its HTTP ingest out. */
export function comparator(kind: Kind, options: Omit<System, 'start'> & { isFed: boolean }): System {
  const { isFed, ...description } = options;
  return { ...description, start: () => startComparator(kind, isFed, options.needs) };
}

async function startComparator(kind: Kind, isFed: boolean, needs: System['needs']): Promise<RunningSystem> {
  const store = await createStore(needs);
  const child = fork(new URL('../comparators/comparator-process.ts', import.meta.url), [kind, token, store.url], {
    execArgv: [],
  });
  const exited = once(child, 'exit');
  const pid = child.pid ?? 0;
  const stop = async (): Promise<void> => {
    if (child.connected) child.send({ stop: true } satisfies ComparatorRequest);
    await exited;
    await store.remove();
  };
  const port = await Promise.race([
    once(child, 'message').then(([message]) => (message as { port: number }).port),
    exited.then(async ([code]) => {
      await store.remove();
      throw new Error(`The comparator ${kind} ended with ${String(code)} before it was ready.`);
    }),
  ]);
  const feed = async (order: FeedOrder): Promise<void> => {
    const fed = once(child, 'message');
    child.send({ feed: order } satisfies ComparatorRequest);
    await fed;
  };
  return {
    servers: isFed ? [] : [{ baseUrl: `http://127.0.0.1:${port}`, token }],
    feed: isFed ? feed : undefined,
    residentBytes: () => residentBytes(pid),
    nodeCpuMicroseconds: () => cpuMicroseconds(pid),
    databaseCpuMicroseconds: () => store.cpuMicroseconds(),
    stop,
  };
}

async function createStore(needs: System['needs']): Promise<Store> {
  if (needs === 'redis') {
    const redis = await startRedis();
    return { url: redis.url, cpuMicroseconds: () => cpuMicroseconds(redis.pid), remove: () => redis.stop() };
  }
  if (needs === 'postgres') {
    const database = await createDatabase();
    return {
      url: database.url,
      cpuMicroseconds: () => cpuMicrosecondsByName('postgres'),
      remove: () => database.drop(),
    };
  }
  return { url: '', cpuMicroseconds: () => Number.NaN, remove: async () => undefined };
}

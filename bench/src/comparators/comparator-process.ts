/**
 * A webhook sender as a team might build it on a queue from npm, in a process of its own: HTTP ingest, queue and workers.
 * Its parent says which, and where its database is.
 */
import type { FeedOrder } from '../systems/system.ts';
import { createBareSender } from './bare.ts';
import { createBullmqQueue } from './bullmq.ts';
import { deliver } from './deliver.ts';
import { feed } from './feed.ts';
import { createGraphileQueue } from './graphile-worker.ts';
import { startIngest } from './ingest.ts';
import type { JobQueue } from './job.ts';
import { createPgBossQueue } from './pg-boss.ts';

const queues: Readonly<Record<string, (databaseUrl: string) => Promise<JobQueue>>> = {
  bare: async () => createBareSender(deliver),
  bullmq: (url) => createBullmqQueue(deliver, url),
  'pg-boss': (url) => createPgBossQueue(deliver, url),
  'graphile-worker': (url) => createGraphileQueue(deliver, url),
};

/** What the parent sends: an order to feed, or the wish to end. */
export type ComparatorRequest = { readonly feed: FeedOrder } | { readonly stop: true };

async function main([kind = '', token = '', databaseUrl = '']: readonly string[]): Promise<void> {
  const create = queues[kind];
  if (create === undefined) throw new Error(`There is no comparator ${kind}.`);
  const queue = await create(databaseUrl);
  const { server, port } = await startIngest(queue, token);
  process.on('message', (request: ComparatorRequest) => {
    if ('feed' in request) {
      void feed(queue, request.feed).then(() => process.send?.({ fed: true }));
      return;
    }
    server.close();
    void queue.stop().finally(() => process.exit(0));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port });
}

void main(process.argv.slice(2));

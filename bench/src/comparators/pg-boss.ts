import { PgBoss, type JobResult } from 'pg-boss';
import { concurrency, retries, type Deliver, type Job, type JobQueue } from './job.ts';

/**
 * With what the documentation offers for throughput and latency: batches whose jobs end one by one, LISTEN/NOTIFY, and
 * fetching on without a pause while batches come back full.
 */
export async function createPgBossQueue(deliver: Deliver, databaseUrl: string): Promise<JobQueue> {
  const name = 'webhooks';
  const boss = new PgBoss({ connectionString: databaseUrl, useListenNotify: true });
  boss.on('error', (error) => console.error(error));
  await boss.start();
  await boss.createQueue(name, {
    notify: true,
    retryLimit: retries.attempts - 1,
    retryDelay: retries.firstDelayMs / 1_000,
    retryBackoff: true,
  });
  const batchSize = 16;
  await boss.work(
    name,
    {
      batchSize,
      localConcurrency: concurrency / batchSize,
      pollingIntervalSeconds: 0.5,
      burstWhenBatchFull: true,
      perJobResults: true,
    },
    (jobs: readonly { readonly id: string; readonly data: Job }[]) =>
      Promise.all(
        jobs.map(async ({ id, data }): Promise<JobResult> => {
          try {
            await deliver(data);
            return { id, status: 'completed' };
          } catch (error) {
            return { id, status: 'failed', output: { message: String(error) } };
          }
        }),
      ),
  );
  return {
    async enqueue(jobs) {
      const [first] = jobs;
      if (jobs.length === 1 && first !== undefined) await boss.send(name, first);
      else await boss.insert(name, [...jobs.map((data) => ({ data }))]);
    },
    stop: () => boss.stop({ graceful: false }),
  };
}

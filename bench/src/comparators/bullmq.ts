import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { concurrency, retries, type Deliver, type Job, type JobQueue } from './job.ts';

/**
 * After the guide's chapters on connections, retries, concurrency and going to production: a connection each for queue
 * and worker, exponential back-off, and a limited number of finished jobs, which is all the history there is.
 */
export async function createBullmqQueue(deliver: Deliver, redisUrl: string): Promise<JobQueue> {
  const name = 'webhooks';
  const queueConnection = new Redis(redisUrl);
  const workerConnection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue<Job>(name, {
    connection: queueConnection,
    defaultJobOptions: {
      attempts: retries.attempts,
      backoff: { type: 'exponential', delay: retries.firstDelayMs },
      removeOnComplete: { count: 1_000 },
      removeOnFail: { count: 5_000 },
    },
  });
  const worker = new Worker<Job>(name, ({ data }) => deliver(data), { connection: workerConnection, concurrency });
  worker.on('error', (error) => console.error(error));
  await worker.waitUntilReady();
  return {
    async enqueue(jobs) {
      const [first] = jobs;
      if (jobs.length === 1 && first !== undefined) await queue.add('deliver', first);
      else await queue.addBulk(jobs.map((data) => ({ name: 'deliver', data })));
    },
    async stop() {
      await worker.close();
      await queue.close();
      queueConnection.disconnect();
      workerConnection.disconnect();
    },
  };
}

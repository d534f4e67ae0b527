import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { retries, type Deliver, type Job, type JobQueue } from './job.ts';

/** With the settings of the documentation's page on performance: local queue, batched completion, 24 jobs at once. */
export async function createGraphileQueue(deliver: Deliver, databaseUrl: string): Promise<JobQueue> {
  const preset = {
    worker: {
      connectionString: databaseUrl,
      concurrentJobs: 24,
      maxPoolSize: 25,
      localQueue: { size: 500 },
      completeJobBatchDelay: 0,
      failJobBatchDelay: 0,
      logger: new Logger(() => () => undefined),
    },
  };
  const utils = await makeWorkerUtils({ preset });
  await utils.migrate();
  const runner = await run({
    preset,
    noHandleSignals: true,
    taskList: { deliver: (payload: unknown) => deliver(payload as Job) },
  });
  const spec = { maxAttempts: retries.attempts };
  return {
    async enqueue(jobs) {
      const [first] = jobs;
      if (jobs.length === 1 && first !== undefined) await utils.addJob('deliver', first, spec);
      else await utils.addJobs(jobs.map((payload) => ({ identifier: 'deliver', payload, ...spec })));
    },
    async stop() {
      await runner.stop();
      await utils.release();
    },
  };
}

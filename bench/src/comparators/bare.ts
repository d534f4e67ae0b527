import type { Deliver, JobQueue } from './job.ts';

/** No queue at all: sends at once, keeps nothing and does not try again. */
export function createBareSender(deliver: Deliver): JobQueue {
  return {
    enqueue: async (jobs) => void (await Promise.all(jobs.map(deliver))),
    stop: async () => undefined,
  };
}

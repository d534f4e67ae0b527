/** One webhook to be sent: what a job of a queue carries. */
export interface Job {
  /** `webhook-id` */
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly body: string;
}

/** A queue with workers that send, as its documentation recommends to set it up. */
export interface JobQueue {
  /** Resolves when the queue has the jobs, as durably as it keeps them. */
  enqueue(jobs: readonly Job[]): Promise<void>;
  stop(): Promise<void>;
}

/** Sends a job; rejects when the receiver did not take it, so that the queue tries again. */
export type Deliver = (job: Job) => Promise<void>;

/** Attempts of a job, and the delay before the second one, which doubles from there. */
export const retries = { attempts: 9, firstDelayMs: 5_000 };

/** Jobs under way at once in a process. */
export const concurrency = 64;

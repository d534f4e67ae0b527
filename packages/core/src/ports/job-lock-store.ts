/**
 * Leases on the names of scheduled jobs, so that of several processes one does the work. Errors of every method:
 * `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`.
 */
export interface JobLockStore {
  /**
   * Takes the lock `name` until `until`, if it is free, has run out (`until` of its holder is not after `now`) or is
   * the holder's already: then `until` is set anew, earlier or later. Of concurrent calls by different holders exactly
   * one acquires; the others are told at once and do not wait, there is no queue, and whoever asks first once it is
   * free gets it.
   *
   * The lock keeps work from being done twice in vain; it does not fence. A holder that outlives `until` goes on
   * beside the next one, so a job must stay right when that happens. Idempotent for one holder.
   */
  acquireJobLock(params: {
    /** Name of the job, 1 to 100 characters. */
    name: string;
    /** Names the process that asks. */
    holder: string;
    until: Date;
    now: Date;
    signal?: AbortSignal;
  }): Promise<{ readonly acquired: boolean }>;

  /** Frees the lock. Does nothing when it is not the holder's (any more). Idempotent. */
  releaseJobLock(params: { name: string; holder: string; signal?: AbortSignal }): Promise<void>;
}

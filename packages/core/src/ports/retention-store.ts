/** Removal of what is old enough. Errors: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
export interface RetentionStore {
  /**
   * Removes messages created before `messagesBefore` with their deliveries and attempts (an adapter may keep some
   * longer, in units of its partitions), rollups of buckets before `rollupsBefore`, and idempotency records that
   * expired before `now`. A message with an unfinished delivery is always kept. Idempotent; safe to call from several
   * processes at once; short transactions only.
   */
  applyRetention(params: {
    messagesBefore: Date;
    rollupsBefore: Date;
    now: Date;
    signal?: AbortSignal;
  }): Promise<{ readonly messages: number; readonly rollups: number; readonly idempotencyKeys: number }>;
}

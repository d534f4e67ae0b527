/** Removal of what is old enough. Errors: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
export interface RetentionStore {
  /**
   * Removes messages created before `messagesBefore` with their deliveries and attempts (an adapter may keep some
   * longer, in units of its partitions), rollups of buckets before `rollupsBefore`, and idempotency records (those of `RequestStore` too) and portal tokens that
   * expired before `now`, audit entries made before `auditBefore` and tasks that ended
   * before `tasksBefore`, each when that is given. A message with an unfinished delivery is always kept. Idempotent; safe to call from several
   * processes at once; short transactions only.
   */
  applyRetention(params: {
    messagesBefore: Date;
    rollupsBefore: Date;
    auditBefore?: Date | undefined;
    tasksBefore?: Date | undefined;
    now: Date;
    signal?: AbortSignal;
  }): Promise<{ readonly messages: number; readonly rollups: number; readonly idempotencyKeys: number }>;
}

/** Something that was changed at run time, for the whole instance. */
export interface Setting {
  /** Unique; dotted, with the part that it belongs to first: `thresholds.queue_size`. */
  readonly name: string;
  /** Plain data. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly updatedAt: Date;
}

/**
 * Settings that were changed at run time, so that they survive restarts and reach every replica. Errors of every method:
 * `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`.
 */
export interface SettingStore {
  /** Inserts or replaces; the last call wins. Idempotent. */
  putSetting(params: { setting: Setting; signal?: AbortSignal }): Promise<void>;

  /** Does nothing when there is none. Idempotent. */
  deleteSetting(params: { name: string; signal?: AbortSignal }): Promise<void>;

  /** Those whose name begins with `prefix`, by name in byte order. */
  listSettings(params: { prefix: string; signal?: AbortSignal }): Promise<readonly Setting[]>;
}

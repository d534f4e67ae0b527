/** Names one reader of one stream of an application's messages. */
export interface ConsumerRef {
  readonly environmentId: string;
  readonly applicationId: string;
  /** Which stream: a name that callers choose. */
  readonly sinkId: string;
  /** Which reader of it. */
  readonly consumerId: string;
}

/** How far readers of messages are. Errors of every method: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
export interface ConsumerStore {
  /** The position that was stored last; `undefined` for a reader that never stored one. */
  getConsumerPosition(params: { consumer: ConsumerRef; signal?: AbortSignal }): Promise<string | undefined>;

  /** Stores the position, in place of the one before. `parent_missing` when there is no such application. Idempotent. */
  setConsumerPosition(params: {
    consumer: ConsumerRef;
    position: string;
    updatedAt: Date;
    signal?: AbortSignal;
  }): Promise<{ readonly outcome: 'stored' | 'parent_missing' }>;
}

/** What was answered to a request, kept to be answered again. */
export interface StoredAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Empty when the answer had none. */
  readonly body: string;
}

export type ReserveRequestResult =
  /** The caller holds the key now and carries the request out. */
  | { readonly outcome: 'reserved' }
  /** The same request was carried out before. */
  | { readonly outcome: 'answered'; readonly answer: StoredAnswer }
  /** The same request is being carried out: its holder may take until then. */
  | { readonly outcome: 'running'; readonly heldUntil: Date }
  /** The key was used for another request. */
  | { readonly outcome: 'mismatch' };

/**
 * Requests that must take effect once, by the key that their sender gave them. Publishing has records of its own, in
 * the transaction of the message. Errors of every method: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`.
 */
export interface RequestStore {
  /**
   * Takes the key for the request with this `fingerprint`. Of concurrent calls exactly one is `reserved`. A key counts
   * as absent once `expiresAt` has passed; a reservation whose `heldUntil` has passed without an answer is taken over
   * by the next call with the same fingerprint, because its holder died. Not idempotent.
   */
  reserveRequest(params: {
    environmentId: string;
    key: string;
    fingerprint: string;
    /** Names this call, never used before. */
    holder: string;
    heldUntil: Date;
    expiresAt: Date;
    now: Date;
    signal?: AbortSignal;
  }): Promise<ReserveRequestResult>;

  /** Keeps the answer. `false`, and nothing is written, when the reservation is not the holder's any more. */
  answerRequest(params: {
    environmentId: string;
    key: string;
    holder: string;
    answer: StoredAnswer;
    signal?: AbortSignal;
  }): Promise<boolean>;

  /** Frees the key, because the request had no effect. Does nothing when the reservation is not the holder's any more. */
  releaseRequest(params: { environmentId: string; key: string; holder: string; signal?: AbortSignal }): Promise<void>;
}

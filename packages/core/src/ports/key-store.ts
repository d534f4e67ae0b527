import type { ApiKey } from '../domain/api-key.js';

/** API keys. Errors of every method: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
export interface KeyStore {
  /** Inserts the key unless its id exists; tells whether it was inserted. Idempotent. */
  createKey(params: { key: ApiKey; signal?: AbortSignal }): Promise<boolean>;

  /** Revoked and expired ones too; `undefined` when there is none. */
  getKey(params: { keyId: string; signal?: AbortSignal }): Promise<ApiKey | undefined>;

  /** All API keys of the environment, oldest first; portal tokens are not among them. */
  listKeys(params: { environmentId: string; signal?: AbortSignal }): Promise<readonly ApiKey[]>;

  /** `false` when the environment has no such key. The earliest revocation stays; it may lie ahead. Idempotent. */
  revokeKey(params: { environmentId: string; keyId: string; revokedAt: Date; signal?: AbortSignal }): Promise<boolean>;

  /** Lets the key expire no later than `expiresAt`. `false` when the environment has no such key. Idempotent. */
  limitKey(params: { environmentId: string; keyId: string; expiresAt: Date; signal?: AbortSignal }): Promise<boolean>;

  /**
   * Revokes the portal tokens of an application that are not revoked by then, with `sessionIds` only those of these
   * sessions; tells how many. Idempotent.
   */
  revokePortalTokens(params: {
    environmentId: string;
    applicationId: string;
    sessionIds?: readonly string[] | undefined;
    revokedAt: Date;
    signal?: AbortSignal;
  }): Promise<number>;

  /** Notes the last use; never moves it back. Unknown keys are ignored. */
  touchKey(params: { keyId: string; lastUsedAt: Date; signal?: AbortSignal }): Promise<void>;
}

/**
 * A credential of one environment. The secret itself is never stored. With an `applicationId` it is a portal token:
 * it sees that application only, and always expires.
 */
export interface ApiKey {
  /** The public part of the key, by which it is found. */
  readonly id: string;
  readonly environmentId: string;
  /** Of a portal token: the one application that it sees. */
  readonly applicationId?: string | undefined;
  /** Of a portal token: the adopter's own name for whoever got it, by which tokens can be revoked. */
  readonly sessionId?: string | undefined;
  readonly name: string;
  /** SHA-256 of the whole key, hexadecimal. */
  readonly hash: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt?: Date | undefined;
  readonly revokedAt?: Date | undefined;
  /** Written at most once a minute. */
  readonly lastUsedAt?: Date | undefined;
}

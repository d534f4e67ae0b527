/** A credential of one environment. The secret itself is never stored. */
export interface ApiKey {
  /** The public part of the key, by which it is found. */
  readonly id: string;
  readonly environmentId: string;
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

import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ApiKey, Clock, KeyStore, Logger } from '@postrider/core';
import { toCacheClock } from '../internal/cache-clock.js';
import { parseApiKey, type ParsedApiKey } from './api-key-format.js';
import type { Principal } from './principal.js';

/** A revocation is effective everywhere after this time at the latest. */
const verifiedForMs = 5_000;
const maxVerifiedKeys = 10_000;
const touchIntervalMs = 60_000;

export interface KeyVerifierDeps {
  readonly keys: Pick<KeyStore, 'getKey' | 'touchKey'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Tells whom a key belongs to. Verified keys are remembered for 5 s by their hash, the key itself is not kept; what was
 * refused is not remembered.
 */
export class KeyVerifier {
  readonly #deps: KeyVerifierDeps;
  readonly #verified: LRUCache<string, ApiKey>;

  constructor(deps: KeyVerifierDeps) {
    this.#deps = deps;
    this.#verified = new LRUCache({
      max: maxVerifiedKeys,
      ttl: verifiedForMs,
      ttlResolution: 0,
      perf: toCacheClock(deps.clock),
    });
  }

  /** `undefined` for a key that is malformed, unknown, revoked or expired. Rejects when the store does not answer. */
  async verify(text: string): Promise<Principal | undefined> {
    const parsed = parseApiKey(text);
    if (parsed === undefined) return undefined;
    const key = this.#verified.get(parsed.hash) ?? (await this.#loadAndKeep(parsed));
    if (key === undefined || this.#isExpired(key)) return undefined;
    return { keyId: key.id, environmentId: key.environmentId, scopes: key.scopes };
  }

  async #loadAndKeep(parsed: ParsedApiKey): Promise<ApiKey | undefined> {
    const key = await this.#load(parsed);
    if (key !== undefined) this.#verified.set(parsed.hash, key);
    return key;
  }

  async #load(parsed: ParsedApiKey): Promise<ApiKey | undefined> {
    const key = await this.#deps.keys.getKey({ keyId: parsed.id });
    // An unknown id costs the same comparison, so that the time tells nothing about which ids exist.
    const matches = timingSafeEqual(Buffer.from(parsed.hash), Buffer.from(key?.hash ?? '0'.repeat(64)));
    if (key === undefined || !matches || key.revokedAt !== undefined || this.#isExpired(key)) return undefined;
    this.#touch(key);
    return key;
  }

  #isExpired(key: ApiKey): boolean {
    return key.expiresAt !== undefined && key.expiresAt.getTime() <= this.#deps.clock.nowMs();
  }

  /** Not awaited: when it was last used is worth nobody's waiting. */
  #touch(key: ApiKey): void {
    const { clock, keys, logger } = this.#deps;
    if (key.lastUsedAt !== undefined && clock.nowMs() - key.lastUsedAt.getTime() < touchIntervalMs) return;
    keys.touchKey({ keyId: key.id, lastUsedAt: clock.now() }).catch((error: unknown) => {
      logger.warn('The last use of a key could not be noted', { keyId: key.id, error });
    });
  }
}

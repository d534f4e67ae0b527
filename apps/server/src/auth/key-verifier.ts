import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ApiKey, Clock, Invalidation, Invalidations, KeyStore, Logger } from '@postrider/core';
import { isKeyTag, keyTag, portalTokensTag } from '../caches/cache-names.js';
import { toCacheClock } from '../internal/cache-clock.js';
import { parseApiKey, type ParsedApiKey } from './api-key-format.js';
import type { Principal } from './principal.js';

/** Without hints a revocation is effective everywhere within 5 s; the rest is for the look at the store. */
const verifiedForMs = 4_500;
const maxVerifiedKeys = 10_000;
const touchIntervalMs = 60_000;
/** How long a key that was right once keeps its way to the store while others from its address are turned away. */
const familiarForMs = 60 * 60 * 1_000;

export interface KeyVerifierDeps {
  readonly keys: Pick<KeyStore, 'getKey' | 'touchKey'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly invalidations: Pick<Invalidations, 'subscribe'>;
}

/** What a verifier has done since it was made, and what it holds. */
export interface KeyVerifierStats {
  readonly hits: number;
  /** Looks at the store, also for keys that turned out to be none. */
  readonly misses: number;
  readonly evictions: number;
  readonly expirations: number;
  readonly entries: number;
  readonly maxEntries: number;
}

/**
 * Tells whom a key belongs to. Verified keys are remembered for 4.5 s by their hash, the key itself is not kept; what was
 * refused is not remembered. What it hears to have changed (`keyTag`, `portalTokensTag`) it reads anew.
 */
export class KeyVerifier {
  readonly #deps: KeyVerifierDeps;
  readonly #cacheClock: { now(): number };
  readonly #verified: LRUCache<string, ApiKey>;
  readonly #familiar: LRUCache<string, true>;
  readonly #unsubscribe: () => void;
  readonly #removed = { evict: 0, expire: 0 };
  #hits = 0;
  #misses = 0;
  #changes = 0;

  constructor(deps: KeyVerifierDeps) {
    this.#deps = deps;
    this.#cacheClock = toCacheClock(deps.clock);
    this.#verified = new LRUCache({
      max: maxVerifiedKeys,
      ttl: verifiedForMs,
      ttlResolution: 0,
      perf: this.#cacheClock,
      dispose: (_, __, reason) => {
        if (reason === 'evict' || reason === 'expire') this.#removed[reason] += 1;
      },
    });
    this.#familiar = new LRUCache({ max: maxVerifiedKeys, ttl: familiarForMs, perf: this.#cacheClock });
    this.#unsubscribe = deps.invalidations.subscribe((invalidation) => this.#hear(invalidation));
  }

  onApplicationShutdown(): void {
    this.#unsubscribe();
  }

  get stats(): KeyVerifierStats {
    const { evict: evictions, expire: expirations } = this.#removed;
    const { size: entries, max: maxEntries } = this.#verified;
    return { hits: this.#hits, misses: this.#misses, evictions, expirations, entries, maxEntries };
  }

  /**
   * `undefined` for a key that is malformed, unknown, revoked or expired. Rejects when the store does not answer. With
   * `onlyFamiliar` a key that was not right within the last hour is refused without asking the store.
   */
  async verify(
    text: string,
    { onlyFamiliar = false }: { onlyFamiliar?: boolean } = {},
  ): Promise<Principal | undefined> {
    const parsed = parseApiKey(text);
    if (parsed === undefined) return undefined;
    const known = this.#verified.get(parsed.hash);
    if (known === undefined && onlyFamiliar && !this.#familiar.has(parsed.hash)) return undefined;
    if (known === undefined) this.#misses += 1;
    else this.#hits += 1;
    const key = known ?? (await this.#loadAndKeep(parsed));
    if (key === undefined || !this.#isValid(key)) return undefined;
    const { id: keyId, environmentId, scopes, applicationId } = key;
    return { keyId, environmentId, scopes, applicationId };
  }

  /** Has what is meant read anew before it is believed again; looks under way are not kept. */
  #hear(invalidation: Invalidation): void {
    if (invalidation.kind === 'everything') {
      this.#changes += 1;
      this.#verified.clear();
      return;
    }
    const tags = new Set(invalidation.tags.filter(isKeyTag));
    if (tags.size === 0) return;
    this.#changes += 1;
    for (const [hash, { id, applicationId }] of this.#verified.entries()) {
      const isMeant = tags.has(keyTag(id)) || (applicationId !== undefined && tags.has(portalTokensTag(applicationId)));
      if (isMeant) this.#verified.delete(hash);
    }
  }

  async #loadAndKeep(parsed: ParsedApiKey): Promise<ApiKey | undefined> {
    const changesBefore = this.#changes;
    // The time counts from before the look, however long that takes.
    const start = this.#cacheClock.now();
    const key = await this.#load(parsed);
    if (key === undefined) return undefined;
    if (this.#changes === changesBefore) this.#verified.set(parsed.hash, key, { start });
    this.#familiar.set(parsed.hash, true);
    return key;
  }

  async #load(parsed: ParsedApiKey): Promise<ApiKey | undefined> {
    const key = await this.#deps.keys.getKey({ keyId: parsed.id });
    // An unknown id costs the same comparison, so that the time tells nothing about which ids exist.
    const matches = timingSafeEqual(Buffer.from(parsed.hash), Buffer.from(key?.hash ?? '0'.repeat(64)));
    if (key === undefined || !matches || !this.#isValid(key)) return undefined;
    this.#touch(key);
    return key;
  }

  /** An end or a revocation may also lie ahead. */
  #isValid({ expiresAt, revokedAt }: ApiKey): boolean {
    const nowMs = this.#deps.clock.nowMs();
    return [expiresAt, revokedAt].every((end) => end === undefined || end.getTime() > nowMs);
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

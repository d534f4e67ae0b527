import { lookup } from 'node:dns/promises';
import type { Clock } from '@postrider/core';
import { LRUCache } from 'lru-cache';

/** One answer of name resolution. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a host name, in the order to try them. Rejects, or answers with none, when there are none. */
export type Resolver = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/**
 * Resolves through the operating system. Names with a dot are looked up as absolute ones: with the search domains of
 * a cluster, `redis.default` would otherwise find a service that the rules for host names keep off. The price is that
 * names with a dot are not found in the hosts file.
 */
export const systemResolver: Resolver = async (hostname) => {
  const isRelative = hostname.includes('.') && !hostname.endsWith('.');
  const answers = await lookup(isRelative ? `${hostname}.` : hostname, { all: true, order: 'verbatim' });
  return answers.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

export interface CachingResolverOptions {
  readonly resolve: Resolver;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** Names remembered; the least recently used goes first. Default: 10 000. */
  readonly maxNames?: number | undefined;
  /** How long answers are used, in milliseconds. Default: 30 000. */
  readonly ttlMs?: number | undefined;
  /** How long it is believed that a name has no address, in milliseconds. Default: 5 000. */
  readonly failureTtlMs?: number | undefined;
}

/**
 * Remembers answers, and asks once however many wait: the operating system resolves on few threads, which a slow name
 * server would occupy. Answers are judged by the egress policy at every connection, remembered or not.
 */
export function createCachingResolver(options: CachingResolverOptions): Resolver {
  const { resolve, clock, maxNames = 10_000, ttlMs = 30_000, failureTtlMs = 5_000 } = options;
  const lookups = new LRUCache<string, Promise<readonly ResolvedAddress[]>>({
    max: maxNames,
    ttl: ttlMs,
    // To the cache an entry of the instant 0 has no age.
    perf: { now: () => clock.monotonicMs() + 1 },
    ttlResolution: 0,
  });
  return (hostname) => {
    const known = lookups.get(hostname);
    if (known !== undefined) return known;

    const found = resolve(hostname);
    const shorten = (): void => {
      if (lookups.peek(hostname) === found) lookups.set(hostname, found, { ttl: failureTtlMs });
    };
    lookups.set(hostname, found);
    found.then((addresses) => addresses.length === 0 && shorten(), shorten);
    return found;
  };
}

import { FakeClock } from '@postrider/core/testing';
import { createMemoryCache } from '../memory/memory-cache.js';
import type { Cache } from '../ports/cache.js';
import type { CacheHarness } from './cache-conformance/cache-harness.js';

/** The memory cache on a fake clock; `wrap` puts something around each cache. */
export function createMemoryHarness({
  wrap = (cache) => cache,
  modelRuns,
}: { readonly wrap?: (cache: Cache) => Cache; readonly modelRuns?: number } = {}): CacheHarness {
  const clock = new FakeClock();
  return {
    name: 'memory',
    capabilities: { shared: false, byReference: true },
    unitMs: 1000,
    modelRuns,
    create: async () => wrap(createMemoryCache({ clock })),
    advance: (durationMs) => clock.advance(durationMs),
    close: async () => undefined,
  };
}

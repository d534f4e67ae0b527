import { createRecordingLogger, FakeClock } from '@postrider/core/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CacheEvent } from '../ports/cache-event.js';
import { describeCacheConformance } from '../testing/cache-conformance/describe-cache-conformance.js';
import { createMemoryHarness } from '../testing/memory-harness.js';
import { entryOverheadBytes } from './estimate-bytes.js';
import { createMemoryCache } from './memory-cache.js';
import type { MemoryCacheOptions } from './memory-cache-options.js';

describeCacheConformance(createMemoryHarness({ modelRuns: 300 }), { describe, it, beforeAll, afterAll });

const kibibyte = 1 / 1024;

function setUp(options: MemoryCacheOptions = {}) {
  const clock = new FakeClock();
  const logger = createRecordingLogger();
  const cache = createMemoryCache({ clock, logger, ...options });
  const events: CacheEvent[] = [];
  cache.subscribe((event) => events.push(event));
  return { clock, cache, events, lines: logger.lines };
}

describe('the limits of a memory cache', () => {
  it('evicts the least recently used entry beyond maxEntries, and says so', async () => {
    const { cache, events } = setUp({ maxEntries: 2 });
    await cache.set('a', { value: 1 });
    await cache.set('b', { value: 2 });
    await cache.get('a');
    await cache.set('c', { value: 3 });
    expect(await cache.get('b')).toBeUndefined();
    expect(await cache.get('a')).toBe(1);
    expect(events).toContainEqual({ type: 'evicted', key: 'b' });
    expect(await cache.statistics()).toMatchObject({ evictions: 1, entries: 2, maxEntries: 2 });
  });

  it('evicts until the estimate of all entries fits into maxMemoryMb', async () => {
    const { cache } = setUp({ maxMemoryMb: 10 * kibibyte });
    for (const key of ['a', 'b', 'c', 'd']) await cache.set(key, { value: 'x'.repeat(2000) });
    const { entries, bytes = 0, maxBytes, evictions } = await cache.statistics();
    expect({ entries, evictions, maxBytes }).toEqual({ entries: 2, evictions: 2, maxBytes: 10_240 });
    expect(bytes).toBeGreaterThan(8000);
    expect(bytes).toBeLessThanOrEqual(10_240);
  });

  it('does not keep a value beyond the whole memory, nor the earlier one under its key', async () => {
    const { cache } = setUp({ maxMemoryMb: kibibyte });
    expect(await cache.set('key', { value: 'small' })).toBe(true);
    expect(await cache.set('other', { value: 'small' })).toBe(true);
    expect(await cache.set('key', { value: 'x'.repeat(2000) })).toBe(false);
    expect(await cache.get('key')).toBeUndefined();
    expect(await cache.get('other')).toBe('small');
    const load = async () => 'y'.repeat(2000);
    expect(await cache.getOrSet('key', { load })).toHaveLength(2000);
    expect(await cache.statistics()).toMatchObject({ entries: 1, evictions: 0 });
  });

  it('goes by sizeOf where it is given', async () => {
    const { cache } = setUp({ maxMemoryMb: 10 * kibibyte, sizeOf: () => 4000 });
    for (const key of ['a', 'b', 'c']) await cache.set(key, { value: key });
    expect(await cache.statistics()).toMatchObject({ entries: 2, bytes: 2 * (4000 + 2 + entryOverheadBytes) });
  });

  it.each([Number.NaN, -1, Infinity])('refuses what sizeOf returns when that is %d', async (size) => {
    const { cache } = setUp({ sizeOf: () => size });
    await expect(cache.set('key', { value: 1, tags: ['tag'] })).rejects.toThrow(`sizeOf returned ${String(size)}`);
    await expect(cache.getOrSet('key', { load: async () => 1 })).rejects.toThrow('sizeOf returned');
    expect(await cache.statistics()).toMatchObject({ entries: 0 });
  });

  it('calls an entry expired, not evicted, when its time was over before it made room', async () => {
    const { cache, clock, events } = setUp({ maxEntries: 2 });
    await cache.set('expired', { value: 1, ttl: 10 });
    await cache.set('invalidated', { value: 2, tags: ['tag'] });
    await clock.advance(10);
    await cache.invalidateByTag({ tag: 'tag' });
    await cache.set('c', { value: 3 });
    await cache.set('d', { value: 4 });
    expect(await cache.statistics()).toMatchObject({ evictions: 0, expirations: 1, entries: 2 });
    expect(events).toContainEqual({ type: 'expired', key: 'expired' });
    expect(events).not.toContainEqual(expect.objectContaining({ key: 'invalidated', type: 'evicted' }));
  });

  it('keeps within both limits, and never lies, whatever is stored', async () => {
    const write = fc.record({ key: fc.integer({ min: 0, max: 20 }), length: fc.integer({ min: 0, max: 2000 }) });
    const property = fc.asyncProperty(
      fc.array(write, { minLength: 1, maxLength: 100, size: 'max' }),
      async (writes) => {
        const { cache } = setUp({ maxEntries: 8, maxMemoryMb: 8 * kibibyte });
        const last = new Map<string, string>();
        for (const [index, { key, length }] of writes.entries()) {
          const value = `${String(index)}${'x'.repeat(length)}`;
          await cache.set(String(key), { value });
          last.set(String(key), value);
          const { entries = 0, bytes = 0 } = await cache.statistics();
          expect(entries).toBeLessThanOrEqual(8);
          expect(bytes).toBeLessThanOrEqual(8192);
        }
        for (const [key, value] of last) expect([undefined, value]).toContain(await cache.get(key));
        const newest = String(writes.at(-1)?.key);
        expect(await cache.get(newest)).toBe(last.get(newest));
      },
    );
    await fc.assert(property, { numRuns: 50 });
  });
});

describe('the time of a memory cache', () => {
  it('is over after five minutes unless told otherwise, to the millisecond', async () => {
    const { cache, clock, events } = setUp();
    await cache.set('key', { value: 1 });
    await clock.advance(5 * 60_000 - 1);
    expect(await cache.get('key')).toBe(1);
    await clock.advance(1);
    expect(await cache.get('key')).toBeUndefined();
    expect(events.slice(-2)).toEqual([
      { type: 'expired', key: 'key' },
      { type: 'miss', key: 'key' },
    ]);
  });

  it('has a default that can be set', async () => {
    const { cache, clock } = setUp({ defaultTtl: '10s' });
    await cache.getOrSet('key', { load: async () => 1 });
    await clock.advance(9_999);
    expect(await cache.get('key')).toBe(1);
    await clock.advance(1);
    expect(await cache.get('key')).toBeUndefined();
  });

  it('does not jump with the wall clock', async () => {
    const { cache, clock } = setUp();
    await cache.set('key', { value: 1, ttl: '1m' });
    clock.setWallClock(new Date('2040-01-01T00:00:00Z'));
    expect(await cache.get('key')).toBe(1);
    clock.setWallClock(new Date('1990-01-01T00:00:00Z'));
    await clock.advance(60_000);
    expect(await cache.get('key')).toBeUndefined();
  });

  it('needs no timers', async () => {
    const { cache, clock } = setUp();
    await cache.set('key', { value: 1 });
    await cache.getOrSet('other', { load: async () => 1, staleTtl: '1m' });
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a memory cache', () => {
  it('works without any option', async () => {
    const cache = createMemoryCache();
    await cache.set('key', { value: 1 });
    expect(await cache.get('key')).toBe(1);
    expect(await cache.statistics()).toMatchObject({ maxEntries: 1000, maxBytes: 100 * 1024 * 1024 });
  });

  it.each<[name: string, options: MemoryCacheOptions]>([
    ['maxEntries', { maxEntries: 0 }],
    ['maxEntries', { maxEntries: 1.5 }],
    ['maxEntries', { maxEntries: 1e9 }],
    ['maxMemoryMb', { maxMemoryMb: 0 }],
    ['maxMemoryMb', { maxMemoryMb: Number.NaN }],
    ['maxMemoryMb', { maxMemoryMb: Infinity }],
    ['defaultTtl', { defaultTtl: 0 }],
  ])('refuses a wrong %s: %o', (name, options) => {
    const refused = { code: 'CACHE_OPTIONS_INVALID', message: expect.stringMatching(`^${name} is `) as unknown };
    expect(() => createMemoryCache(options)).toThrow(expect.objectContaining(refused));
  });

  it('logs what a listener throws', async () => {
    const { cache, lines } = setUp();
    const error = new Error('a listener of poor quality');
    cache.subscribe(() => {
      throw error;
    });
    await cache.get('key');
    expect(lines).toMatchObject([{ level: 'error', fields: { error } }]);
  });

  it('may be called by a listener, also while making room', async () => {
    const { cache } = setUp({ maxEntries: 1 });
    cache.subscribe((event) => {
      if (event.type === 'evicted' && event.key === 'a') void cache.set('c', { value: 3 });
    });
    await cache.set('a', { value: 1 });
    await cache.set('b', { value: 2 });
    expect(await cache.get('c')).toBe(3);
    expect(await cache.statistics()).toMatchObject({ entries: 1 });
  });
});

import { FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import { ReadThrough } from './read-through.js';

function setUp() {
  const clock = new FakeClock();
  const reads: string[] = [];
  const gates: (() => Promise<void>)[] = [];
  const cache = new ReadThrough<string>(clock, {
    ttlMs: 1_000,
    maxEntries: 2,
    load: async (key, previous) => {
      reads.push(key);
      await gates.shift()?.();
      return `${key}${reads.length} after ${String(previous)}`;
    },
  });
  return { clock, reads, gates, cache };
}

describe('a read-through', () => {
  it('reads once for all who want it, and again when its time is over', async () => {
    const { cache, clock, reads } = setUp();
    expect(cache.peek('a')).toBeUndefined();
    expect(await Promise.all([cache.get('a'), cache.get('a')])).toEqual(['a1 after undefined', 'a1 after undefined']);
    await clock.advance(999);
    expect(cache.peek('a')).toBe('a1 after undefined');
    await clock.advance(1);
    expect(cache.peek('a')).toBeUndefined();
    expect(await cache.get('a')).toBe('a2 after a1 after undefined');
    expect(reads).toEqual(['a', 'a']);
  });

  it('does not keep what a read brings that was under way when the value was forgotten', async () => {
    const { cache, gates } = setUp();
    const gate = Promise.withResolvers<void>();
    gates.push(() => gate.promise);
    const stale = cache.get('a');
    await Promise.resolve();
    cache.forget('a');
    expect(await cache.get('a')).toBe('a2 after undefined');
    gate.resolve();
    await stale;
    expect(cache.peek('a')).toBe('a2 after undefined');
    cache.forgetAll();
    expect(cache.peek('a')).toBeUndefined();
  });

  it('passes a failed read on, and tries again; keeps so many entries', async () => {
    const { cache, gates, reads } = setUp();
    gates.push(() => Promise.reject(new Error('The store is away.')));
    await expect(cache.get('a')).rejects.toThrow('away');
    await cache.get('a');
    await cache.get('b');
    await cache.get('c');
    expect(cache.peek('a')).toBeUndefined();
    expect(reads).toEqual(['a', 'a', 'b', 'c']);
  });
});

import { isPostriderError, systemClock, type Hint } from '@postrider/core';
import { requireService, startOwnRedis, type OwnRedis } from '@postrider/test-support';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RedisCacheOptions } from '../src/config.js';
import { createRedisCache, type OpenableCache } from '../src/create-redis-cache.js';

const redisService = requireService('redis', import.meta.url);
const patience = { timeout: 15_000, interval: 10 };
const timeoutMs = 300;
/** What a busy machine may add to a timeout. */
const slackMs = 2_000;

async function timed<Result>(call: () => Promise<Result>): Promise<{ result: Result; tookMs: number }> {
  const startedMs = systemClock.monotonicMs();
  const result = await call();
  return { result, tookMs: systemClock.monotonicMs() - startedMs };
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (isPostriderError(error) ? error.code : error),
  );

describe.skipIf(!redisService.available)('when Redis fails', () => {
  const opened: OpenableCache[] = [];
  let redis: OwnRedis;

  beforeAll(async () => {
    redis = await startOwnRedis();
  });
  afterEach(async () => {
    for (const cache of opened.splice(0)) cache.close();
    redis.wakeUp();
    await redis.restart();
  });
  afterAll(() => redis.kill());

  const open = async (options: RedisCacheOptions = {}): Promise<OpenableCache> => {
    const cache = createRedisCache({ url: redis.url, timeoutMs, ...options });
    opened.push(cache);
    cache.start();
    await isBack(cache);
    return cache;
  };
  const isBack = async ({ cache, hints }: OpenableCache) =>
    vi.waitFor(async () => {
      expect(hints.isConnected).toBe(true);
      await cache.getOrSet('probe', { load: async () => 1, ttl: 1 });
      expect((await cache.statistics()).available).toBe(true);
    }, patience);

  it('a cache that never reached it loads everything, and says so', async () => {
    await redis.kill();
    const cache = createRedisCache({ url: redis.url, timeoutMs });
    opened.push(cache);
    cache.start();
    let loads = 0;
    const load = async () => (loads += 1);
    for (let call = 0; call < 5; call += 1) await cache.cache.getOrSet('key', { load });
    expect(loads).toBe(5);
    expect(await cache.cache.get('key')).toBeUndefined();
    expect(await codeOf(cache.cache.set('key', { value: 1 }))).toBe('CACHE_UNAVAILABLE');
    expect(await cache.cache.statistics()).toMatchObject({ available: false, loads: 5, hits: 0 });
    await redis.restart();
    await isBack(cache);
    expect(await cache.cache.set('key', { value: 1 })).toBe(true);
  });

  it('a killed server costs hits alone, and the cache comes back by itself', async () => {
    const { cache } = await open({ nearTtlMs: 0 });
    await cache.set('key', { value: 'old' });
    await redis.kill();
    expect(await cache.getOrSet('key', { load: async () => 'loaded' })).toBe('loaded');
    await redis.restart();
    await vi.waitFor(async () => {
      await cache.getOrSet('key', { load: async () => 'new' });
      expect(await cache.get('key')).toBe('new');
    }, patience);
  });

  it('a server that hangs delays a call by its timeout at most, and then none', async () => {
    const { cache } = await open({ nearTtlMs: 0 });
    await cache.set('key', { value: 'old' });
    redis.hang();
    for (let call = 0; call < 3; call += 1) {
      const { result, tookMs } = await timed(() => cache.getOrSet('key', { load: async () => 'loaded' }));
      expect(result).toBe('loaded');
      expect(tookMs).toBeLessThan(timeoutMs + slackMs);
    }
    expect((await cache.statistics()).available).toBe(false);
    const { tookMs } = await timed(() => Promise.all(Array.from({ length: 100 }, () => cache.get('key'))));
    expect(tookMs).toBeLessThan(timeoutMs + slackMs);
    redis.wakeUp();
    await vi.waitFor(async () => expect(await cache.get('key')).toBe('old'), patience);
  });

  it('what it was told to forget while Redis was away it never serves again', async () => {
    const { cache } = await open();
    await cache.set('key', { value: 'old', tags: ['tag'] });
    redis.hang();
    expect(await codeOf(cache.invalidateByTag({ tag: 'tag' }))).toBe('CACHE_UNAVAILABLE');
    redis.wakeUp();
    const found = new Set<unknown>();
    await vi.waitFor(async () => {
      found.add(await cache.getOrSet('key', { load: async () => 'new' }));
      expect(await cache.get('key')).toBe('new');
    }, patience);
    expect(found).toEqual(new Set(['new']));
  });

  it('an emptied server is an empty cache, also for loads under way', async () => {
    const { cache } = await open({ nearTtlMs: 0 });
    await cache.set('tagged', { value: 1, tags: ['tag'] });
    const gate = Promise.withResolvers<string>();
    const started = Promise.withResolvers<void>();
    const load = async () => {
      started.resolve();
      return gate.promise;
    };
    const loading = cache.getOrSet('key', { load, tags: ['tag'] });
    await started.promise;
    await redis.flush();
    gate.resolve('from before');
    expect(await loading).toBe('from before');
    expect(await cache.get('key')).toBeUndefined();
    expect(await cache.get('tagged')).toBeUndefined();
    await cache.set('tagged', { value: 2, tags: ['tag'] });
    expect(await cache.get('tagged')).toBe(2);
  });

  it('garbage under its keys is a miss, and is replaced', async () => {
    const { cache } = await open({ nearTtlMs: 0, prefix: 'garbage' });
    const entry = '{garbage}:cache:e:key';
    const damages: readonly (readonly (readonly string[])[])[] = [
      [['SET', entry, 'a text']],
      [
        ['DEL', entry],
        ['LPUSH', entry, 'a list'],
      ],
      [['HSET', entry, 'v', '{"half']],
      [['HSET', entry, 'f', 'soon', 'u', 'later']],
      [['HSET', entry, 't', '[[1']],
      [['HSET', entry, 't', '[1]']],
      [['HDEL', entry, 's']],
    ];
    for (const damage of damages) {
      await cache.set('key', { value: 'good' });
      for (const command of damage) await redis.command(...command);
      const found = await cache.getOrSet('key', { load: async () => 'good' });
      expect(found).toBe('good');
      await cache.delete('key');
    }
    await redis.command('PUBLISH', '{garbage}:cache:changes', 'no JSON');
    await redis.command('PUBLISH', '{garbage}:cache:hints', '{"from":"x","hint":{"kind":"?"}}');
    expect((await cache.statistics()).available).toBe(true);
  });

  it('what one instance changes no other keeps in memory', async () => {
    const [one, other] = [await open(), await open()];
    const changes: readonly ((cache: OpenableCache) => Promise<unknown>)[] = [
      ({ cache }) => cache.delete('key'),
      ({ cache }) => cache.invalidateByTag({ tag: 'tag' }),
      ({ cache }) => cache.invalidateByPattern({ pattern: 'k*' }),
      ({ cache }) => cache.clear(),
      ({ cache }) => cache.set('key', { value: 'new' }),
    ];
    for (const change of changes) {
      await one.cache.set('key', { value: 'old', tags: ['tag'] });
      await vi.waitFor(async () => expect(await other.cache.get('key')).toBe('old'), patience);
      await change(one);
      const startedMs = systemClock.monotonicMs();
      await vi.waitFor(async () => expect(await other.cache.get('key')).not.toBe('old'), patience);
      expect(systemClock.monotonicMs() - startedMs).toBeLessThan(1_000);
    }
  });

  it('who does not hear of changes keeps nothing in memory', async () => {
    const [one, other] = [await open(), await open()];
    await one.cache.set('key', { value: 'old' });
    expect(await other.cache.get('key')).toBe('old');
    const clients = await redis.command('CLIENT', 'LIST', 'TYPE', 'pubsub');
    for (const [, id] of String(clients).matchAll(/\bid=(\d+)/g)) {
      await redis.command('CLIENT', 'KILL', 'ID', id ?? '');
    }
    await vi.waitFor(async () => expect(await other.cache.get('key')).toBe('old'), patience);
    await one.cache.set('key', { value: 'new' });
    await vi.waitFor(async () => expect(await other.cache.get('key')).toBe('new'), patience);
  });

  it('hints reach the other instances, and not the sender', async () => {
    const [one, other] = [await open(), await open()];
    const heard: Hint[][] = [[], []];
    for (const [index, { hints }] of [one, other].entries()) {
      hints.subscribe({ received: (hint) => heard[index]?.push(hint), connected: () => undefined });
    }
    await vi.waitFor(() => {
      one.hints.send({ kind: 'invalidated', tags: ['app:1'] });
      expect(heard[1]).toContainEqual({ kind: 'invalidated', tags: ['app:1'] });
    }, patience);
    expect(heard[0]).toEqual([]);
  });
});

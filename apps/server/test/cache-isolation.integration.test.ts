import { randomBytes } from 'node:crypto';
import cacheRedis from '@postrider/cache-redis';
import type { PluginEntry } from '@postrider/core';
import { requireService } from '@postrider/test-support';
import { afterEach, describe, expect, it } from 'vitest';
import { eachStorage } from './support/each-storage.js';
import { rootKey, type TestServer } from './support/test-server.js';

const redis = requireService('redis', import.meta.url);

const caches: readonly { readonly name: string; readonly plugins: () => readonly PluginEntry[] }[] = [
  { name: 'memory', plugins: () => [] },
  ...(redis.available
    ? [
        {
          name: 'Redis',
          plugins: () => {
            const prefix = `test-${randomBytes(6).toString('hex')}`;
            return [{ plugin: cacheRedis, config: { url: redis.url, prefix } }];
          },
        },
      ]
    : []),
];

const kinds = eachStorage.flatMap((storage) => caches.map((cache) => ({ storage, cache })));

describe.each(kinds)('S4: a cache in $cache.name over $storage.name', ({ storage, cache }) => {
  let server: TestServer;
  afterEach(() => server.close());

  const call = (key: string, path: string, body: unknown) => server.call({ method: 'POST', path, body, key });
  const readValues = async () => {
    const { body } = await server.call({ path: '/cache/stats', key: rootKey });
    const [values] = body['data'] as { hits: number; misses: number; available: boolean }[];
    return values!;
  };

  /** Whether the publish found its application in the cache. */
  const publishHits = async (key: string): Promise<boolean> => {
    const before = await readValues();
    expect((await call(key, '/app/shared-uid/msg', { eventType: 'a.b', payload: {} })).status).toBe(202);
    return (await readValues()).hits > before.hits;
  };

  it('keeps environments apart: none sees or evicts what another has', async () => {
    server = await storage.start({ plugins: cache.plugins() });
    await expect.poll(async () => (await readValues()).available).toBe(true);
    const made = await call(rootKey, '/environments', { name: 'Other' });
    const otherKey = (made.body['key'] as { key: string }).key;
    // The same name in both: only the environment tells them apart.
    const ids: string[] = [];
    for (const key of [rootKey, otherKey]) {
      const { body } = await call(key, '/app', { name: 'App', uid: 'shared-uid' });
      ids.push(String(body['id']));
    }

    expect(await publishHits(rootKey)).toBe(false);
    expect(await publishHits(otherKey)).toBe(false);

    const environmentId = String(made.body['id']);
    const names = [
      { key: 'application:shared-uid' },
      { key: `${environmentId}:application:shared-uid` },
      { pattern: '*' },
      { pattern: `*${environmentId}*` },
      { tag: 'app:shared-uid' },
    ];
    for (const body of names) {
      // Redis goes by its own clock: on a slow machine the two seconds may be over between the publishes.
      const survives = async (): Promise<boolean> => {
        await publishHits(otherKey);
        expect((await call(rootKey, '/cache/invalidate', body)).status).toBe(204);
        return publishHits(otherKey);
      };
      await expect.poll(survives, { timeout: 20_000 }).toBe(true);
    }
    // An id of another environment names nothing here.
    const foreign = await call(rootKey, '/cache/invalidate', { tag: `app:${ids[1]!}` });
    expect(foreign.status).toBe(422);

    await publishHits(otherKey);
    expect((await call(otherKey, '/cache/invalidate', { pattern: '*' })).status).toBe(204);
    expect(await publishHits(otherKey)).toBe(false);
  });
});

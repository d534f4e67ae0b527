import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, rootKey, type TestServer } from './support/test-server.js';

describe('S4: caches over the API', () => {
  let server: TestServer;
  afterEach(() => server.close());

  const start = async (environment: Readonly<Record<string, string>> = {}) => {
    server = await startTestServer({ environment: { POSTRIDER_API_KEY: rootKey, ...environment } });
    await createApplication('cust_1');
  };
  const post = (path: string, body: unknown) => server.call({ method: 'POST', path, body, key: rootKey });
  const createApplication = (uid: string) => post('/app', { name: 'One', uid });
  const publish = (uid = 'cust_1') => post(`/app/${uid}/msg`, { eventType: 'a.b', payload: {} });
  const stats = async () => {
    const { body } = await server.call({ path: '/cache/stats', key: rootKey });
    return body['data'] as Record<string, unknown>[];
  };

  describe('with the limits as they are', () => {
    beforeEach(() => start());

    it('tell hits and misses of values, routes and keys', async () => {
      for (let count = 0; count < 3; count += 1) expect((await publish()).status).toBe(202);
      expect(await stats()).toMatchObject([
        {
          name: 'values',
          available: true,
          shared: false,
          hits: 2,
          misses: 1,
          entries: 1,
          maxEntries: 1_000,
          maxBytes: 100 * 1024 * 1024,
        },
        { name: 'routes', hits: 2, misses: 1, hitRate: 2 / 3, evictions: 0, expirations: 0 },
        { name: 'keys', hits: 4, misses: 1, hitRate: 4 / 5, entries: 1, maxEntries: 10_000 },
      ]);
    });

    it.each([{ key: 'application:cust_1' }, { tag: 'app:cust_1' }, { pattern: 'application:*' }])(
      'forget what %j names',
      async (body) => {
        await publish();
        expect((await post('/cache/invalidate', body)).status).toBe(204);
        await publish();
        expect(await stats()).toMatchObject([{ name: 'values', hits: 0, misses: 2 }, {}, {}]);
      },
    );

    it.each([{}, { key: 'a', tag: 'b' }, { key: '' }, { other: 'a' }])('refuse %j', async (body) => {
      expect((await post('/cache/invalidate', body)).status).toBe(422);
    });

    it.each([
      ['apps:cust_1', 'There is no such tag: expected app: and the id or uid of an application.'],
      ['app:cust_2', 'There is no application of this id or uid.'],
      ['app:app_none', 'There is no application of this id or uid.'],
      ['app:', 'There is no application of this id or uid.'],
    ])('refuse the unknown tag %s, naming the field', async (tag, msg) => {
      const { status, body } = await post('/cache/invalidate', { tag });
      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'validation', detail: [{ loc: ['body', 'tag'], msg }] });
    });
  });

  it('hold no more than they are told', async () => {
    await start({ WEBHOOK_CACHE_MAX_SIZE: '1', WEBHOOK_CACHE_MAX_MEMORY_MB: '2' });
    await createApplication('cust_2');
    for (const uid of ['cust_1', 'cust_2']) await publish(uid);
    expect(await stats()).toMatchObject([
      { name: 'values', entries: 1, evictions: 1, maxEntries: 1, maxBytes: 2 * 1024 * 1024 },
      {},
      {},
    ]);
  });
});

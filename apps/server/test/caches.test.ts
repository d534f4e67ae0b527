import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, rootKey, type TestServer } from './support/test-server.js';

describe('S4: caches over the API', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(() => server.close());

  const post = (path: string, body: unknown) => server.call({ method: 'POST', path, body, key: rootKey });
  const publish = () => post('/app/cust_1/msg', { eventType: 'a.b', payload: {} });
  const stats = async () => {
    const { body } = await server.call({ path: '/cache/stats', key: rootKey });
    return body['data'] as Record<string, unknown>[];
  };

  it('tell hits and misses of values and routes', async () => {
    await post('/app', { name: 'One', uid: 'cust_1' });
    for (let count = 0; count < 3; count += 1) expect((await publish()).status).toBe(202);
    expect(await stats()).toMatchObject([
      { name: 'values', available: true, shared: false, hits: 2, misses: 1, entries: 1, maxEntries: 1000 },
      { name: 'routes', hits: 2, misses: 1, hitRate: 2 / 3 },
    ]);
  });

  it.each([{ key: 'application:cust_1' }, { tag: 'app:cust_1' }, { pattern: 'application:*' }])(
    'forget what %j names, within the environment',
    async (body) => {
      await post('/app', { name: 'One', uid: 'cust_1' });
      await publish();
      expect((await post('/cache/invalidate', body)).status).toBe(204);
      await publish();
      expect(await stats()).toMatchObject([{ name: 'values', hits: 0, misses: 2 }, { name: 'routes' }]);
    },
  );

  it.each([{}, { key: 'a', tag: 'b' }, { key: '' }, { other: 'a' }])('refuse %j', async (body) => {
    expect((await post('/cache/invalidate', body)).status).toBe(422);
  });
});

import cacheRedis from '@postrider/cache-redis';
import { requireService, startOwnRedis, type OwnRedis } from '@postrider/test-support';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.js';

describe.skipIf(!requireService('redis', import.meta.url).available)('a server whose Redis goes', () => {
  let redis: OwnRedis;
  let server: TestServer;

  beforeEach(async () => {
    redis = await startOwnRedis();
    server = await startTestServer({ plugins: [{ plugin: cacheRedis, config: { url: redis.url } }] });
    await server.call({ path: '/app', body: { name: 'One', uid: 'cust_1' } });
  });
  afterEach(async () => {
    await server.close();
    await redis.kill();
  });

  const publish = () => server.call({ path: '/app/cust_1/msg', body: { eventType: 'a.b', payload: {} } });
  const invalidate = (body: object) => server.call({ path: '/cache/invalidate', body });
  const isAvailable = async (): Promise<unknown> => {
    const { body } = await server.call({ path: '/cache/stats' });
    return (body['data'] as { available: boolean }[])[0]?.available;
  };

  it('accepts all the same, says so of what it cannot forget everywhere, and takes up again', async () => {
    await expect.poll(isAvailable, { timeout: 10_000 }).toBe(true);
    expect((await publish()).status).toBe(202);

    await redis.kill();
    expect((await publish()).status).toBe(202);
    for (const body of [{ key: 'application:cust_1' }, { pattern: '*' }, { tag: 'app:cust_1' }]) {
      const { status, headers, body: problem } = await invalidate(body);
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('2');
      expect(problem['code']).toBe('cache_unavailable');
    }
    expect(await isAvailable()).toBe(false);

    await redis.restart();
    // The circuit waits on the clock of the test.
    const isBack = async () => {
      await server.clock.advance(1_000);
      return (await invalidate({ tag: 'app:cust_1' })).status;
    };
    await expect.poll(isBack, { timeout: 15_000 }).toBe(204);
    expect((await publish()).status).toBe(202);
  });
});

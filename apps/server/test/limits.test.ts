import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, rootKey, type TestServer } from './support/test-server.js';

const wrongKey = 'wrong-key-0123456789-0123456789-abcdefghi';

describe('the limit of a key', () => {
  let server: TestServer;
  afterEach(() => server.close());
  const start = async (environment: Record<string, string>) => {
    server = await startTestServer({ environment: { POSTRIDER_API_KEY: rootKey, ...environment } });
  };

  it('is told with every answer, refuses what is beyond it, and comes back with time', async () => {
    await start({ POSTRIDER_API_RATE_PER_SECOND: '2', POSTRIDER_API_RATE_BURST: '3' });
    const first = await server.call({ path: '/app' });
    expect(first.headers).toMatchObject({ 'ratelimit-policy': '"key";q=3;w=2', ratelimit: '"key";r=2;t=1' });
    await server.call({ path: '/app' });
    await server.call({ path: '/app' });
    const refused = await server.call({ path: '/app' });
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(refused.headers).toMatchObject({ 'retry-after': '1', ratelimit: '"key";r=0;t=2' });
    await server.clock.advance(500);
    expect((await server.call({ path: '/app' })).status).toBe(200);
    expect((await server.call({ path: '/health', key: undefined })).status).toBe(200);
  });

  it('does not count publishing', async () => {
    await start({ POSTRIDER_API_RATE_PER_SECOND: '1', POSTRIDER_API_RATE_BURST: '1' });
    await server.call({ path: '/app', body: { name: 'A', uid: 'a' } });
    for (let count = 0; count < 5; count += 1) {
      const answer = await server.call({ path: '/app/a/msg', body: { eventType: 'x', payload: {} } });
      expect(answer.status).toBe(202);
    }
  });

  it('is 100 requests per second with a burst of 200 unless configured', async () => {
    await start({ POSTRIDER_API_RATE_PER_SECOND: '100' });
    const answers = [];
    for (let count = 0; count < 201; count += 1) answers.push((await server.call({ path: '/app' })).status);
    expect(answers.filter((status) => status === 200)).toHaveLength(200);
    expect(answers.at(-1)).toBe(429);
  });
});

describe('wrong keys from one address', () => {
  let server: TestServer;
  afterEach(() => server.close());

  it('are turned away after so many, while right ones and other addresses go on', async () => {
    server = await startTestServer({
      environment: {
        POSTRIDER_API_KEY: rootKey,
        POSTRIDER_AUTH_FAILURES_PER_MINUTE: '3',
        POSTRIDER_TRUSTED_PROXIES: '127.0.0.1/32',
      },
    });
    const from = (address: string, key: string) =>
      server.call({ path: '/app', key, headers: { 'x-forwarded-for': address } });
    expect((await from('192.0.2.1', rootKey)).status).toBe(200);
    for (let count = 0; count < 3; count += 1) expect((await from('192.0.2.1', wrongKey)).status).toBe(401);
    const refused = await from('192.0.2.1', wrongKey);
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(refused.headers['retry-after']).toBe('20');
    await server.clock.advance(6_000);
    expect((await from('192.0.2.1', rootKey)).status).toBe(200);
    expect((await from('192.0.2.2', wrongKey)).status).toBe(401);
    await server.clock.advance(20_000);
    expect((await from('192.0.2.1', wrongKey)).status).toBe(401);
  });

  it('are counted by the address of the connection when no proxy is trusted', async () => {
    server = await startTestServer({
      environment: { POSTRIDER_API_KEY: rootKey, POSTRIDER_AUTH_FAILURES_PER_MINUTE: '1' },
    });
    const headers = { 'x-forwarded-for': '192.0.2.9' };
    expect((await server.call({ path: '/app', key: wrongKey })).status).toBe(401);
    expect((await server.call({ path: '/app', key: wrongKey, headers })).status).toBe(429);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '@postrider/core';
import { generateApiKey, parseApiKey } from '../src/auth/api-key-format.js';
import { defaultEnvironmentId } from '../src/lifecycle/first-boot.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const publicRoutes = /^\/api\/v1\/(health(\/\w+)?|openapi\.json|docs(\/.+)?)$/;

/** Ways in which routers and guards have been made to disagree about a path. */
const tricks: Readonly<Record<string, (path: string) => string>> = {
  'as it is': (path) => path,
  'with a slash at the end': (path) => `${path}/`,
  'with slashes doubled': (path) => path.replaceAll('/', '//'),
  'with a slash doubled in front': (path) => `/${path}`,
  'with a letter percent-encoded': (path) =>
    path.replace(/\/v1\/(\w)/, (_, letter: string) => `/v1/%${letter.charCodeAt(0).toString(16)}`),
  'with a parameter behind a semicolon': (path) => `${path};x=1`,
  'in capitals': (path) => path.toUpperCase(),
  'with a query': (path) => `${path}?limit=1`,
  'with a dot segment': (path) => path.replace('/v1/', '/v1/./'),
  'with an encoded slash': (path) => path.replace('/v1/', '/v1%2f'),
};

describe('a request without a key', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  it('gets nothing on any route but the public ones, however the path is written', async () => {
    const guarded = server.server.routes
      .list()
      .map((route) => route.split(' ') as [string, string])
      .filter(([, pattern]) => !publicRoutes.test(pattern));
    expect(guarded.length).toBeGreaterThan(40);
    const open: string[] = [];
    for (const [method, pattern] of guarded) {
      const path = pattern.replaceAll(/:\w+/g, 'x');
      for (const [trick, apply] of Object.entries(tricks)) {
        for (const sent of [method, 'HEAD', 'OPTIONS']) {
          const headers = { 'x-http-method-override': 'GET', 'x-original-url': '/api/v1/health/ping' };
          const answer = await server.call({ method: sent, path: `/${apply(path)}`, key: undefined, headers });
          if (![400, 401, 404, 405].includes(answer.status)) open.push(`${sent} ${pattern} ${trick}: ${answer.status}`);
        }
      }
      const plain = await server.call({ method, path: `/${path}`, key: undefined });
      expect({ method, pattern, status: plain.status }).toEqual({ method, pattern, status: 401 });
      expect(plain.headers['www-authenticate']).toContain('Bearer');
    }
    expect(open).toEqual([]);
    expect(server.watched.writes.filter((name) => !name.startsWith('ensure') && name !== 'createKey')).toEqual([]);
  });

  it('gets the public routes', async () => {
    for (const path of [
      '/health',
      '/health/ping',
      '/health/live',
      '/health/ready',
      '/health/startup',
      '/openapi.json',
      '/docs',
      '/docs/swagger-ui.css',
    ]) {
      expect((await server.call({ path, key: undefined })).status).toBeLessThan(300);
    }
  });
});

describe('a key', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  const store = async (changes: { scopes?: string[]; expiresAt?: Date } = {}) => {
    const text = generateApiKey(systemRandom);
    const parsed = parseApiKey(text);
    if (parsed === undefined) throw new Error('A generated key must be readable.');
    const base = { environmentId: defaultEnvironmentId, name: 'test', createdAt: server.clock.now(), scopes: ['*'] };
    await server.watched.storage.createKey({ key: { ...parsed, ...base, ...changes } });
    return { text, id: parsed.id };
  };

  it('opens what its scopes name, and nothing else', async () => {
    const { text: key } = await store({ scopes: ['applications:read'] });
    expect((await server.call({ path: '/app', key })).status).toBe(200);
    expect(await server.call({ path: '/app', key, body: { name: 'a' } })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect((await server.call({ path: '/event-type', key })).status).toBe(403);
  });

  it('is refused when it is unknown, altered, or sent in another way', async () => {
    const { text } = await store();
    const altered = `${text.slice(0, 20)}${text[20] === 'x' ? 'y' : 'x'}${text.slice(21)}`;
    const headers = [
      `Bearer ${altered}`,
      `Bearer ${generateApiKey(systemRandom)}`,
      `Bearer ${text}x`,
      `Bearer ${text} ${text}`,
      `Basic ${Buffer.from(`${text}:`).toString('base64')}`,
      text,
      'Bearer',
      'Bearer ',
      '',
    ];
    for (const authorization of headers) {
      const answer = await server.call({ path: '/app', key: undefined, headers: { authorization } });
      expect({ authorization, status: answer.status, code: answer.body['code'] }).toEqual({
        authorization,
        status: 401,
        code: 'unauthenticated',
      });
    }
    expect((await server.call({ path: `/app?authorization=Bearer%20${text}`, key: undefined })).status).toBe(401);
    expect(
      (await server.call({ path: '/app', key: undefined, headers: { authorization: `bearer  ${text}` } })).status,
    ).toBe(200);
  });

  it('stops working within 5 s of its revocation, and when it expires', async () => {
    const revoked = await store();
    const expiring = await store({ expiresAt: new Date(server.clock.nowMs() + 2_000) });
    const status = async (key: string) => (await server.call({ path: '/app', key })).status;
    expect([await status(revoked.text), await status(expiring.text)]).toEqual([200, 200]);
    await server.watched.storage.revokeKey({
      environmentId: defaultEnvironmentId,
      keyId: revoked.id,
      revokedAt: server.clock.now(),
    });
    await server.clock.advance(2_000);
    expect(await status(expiring.text)).toBe(401);
    await server.clock.advance(3_001);
    expect(await status(revoked.text)).toBe(401);
  });

  it('of one environment does not see another', async () => {
    const other = `env_${'2'.repeat(27)}`;
    await server.watched.storage.ensureEnvironment({
      environment: { id: other, name: 'other', createdAt: server.clock.now() },
    });
    const text = generateApiKey(systemRandom);
    const parsed = parseApiKey(text);
    if (parsed === undefined) throw new Error('A generated key must be readable.');
    const key = { ...parsed, environmentId: other, name: 'other', createdAt: server.clock.now(), scopes: ['*'] };
    await server.watched.storage.createKey({ key });

    const mine = await server.call({ path: '/app', body: { name: 'Mine', uid: 'shared-uid' } });
    const id = String(mine.body['id']);
    await server.call({ path: `/app/${id}/endpoint`, body: { url: 'https://hooks.example.com/', uid: 'e' } });
    const message = await server.call({ path: `/app/${id}/msg`, body: { eventType: 'a', payload: 'canary' } });
    const paths = [
      '',
      '/endpoint',
      '/endpoint/e',
      '/endpoint/e/secret',
      '/endpoint/e/headers',
      '/endpoint/e/msg',
      '/msg',
      `/msg/${String(message.body['id'])}`,
      `/msg/${String(message.body['id'])}/endpoint`,
      `/attempt/msg/${String(message.body['id'])}`,
      '/attempt/endpoint/e',
    ];
    for (const path of paths) {
      expect((await server.call({ path: `/app/${id}${path}` })).status).toBe(200);
      expect((await server.call({ path: `/app/${id}${path}`, key: text })).status).toBe(404);
      expect((await server.call({ path: `/app/shared-uid${path}`, key: text })).status).toBe(404);
    }
    for (const method of ['PUT', 'PATCH']) {
      expect((await server.call({ method, path: `/app/${id}`, body: { name: 'x' }, key: text })).status).toBe(404);
    }
    expect((await server.call({ method: 'DELETE', path: `/app/${id}`, key: text })).status).toBe(404);
    expect(
      (await server.call({ path: `/app/${id}/msg`, body: { eventType: 'a', payload: 1 }, key: text })).status,
    ).toBe(404);
    expect((await server.call({ path: '/app', key: text })).body['data']).toEqual([]);
    expect((await server.call({ path: '/app', body: { name: 'Theirs', uid: 'shared-uid' }, key: text })).status).toBe(
      201,
    );
    expect((await server.call({ path: `/app/${id}` })).body).toEqual(mine.body);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachStorage, type StoredServer } from './support/each-storage.js';

const secondMs = 1_000;

describe.each(eachStorage)('access, on $name', ({ start }) => {
  let server: StoredServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());

  const post = (path: string, body: unknown, key?: string) =>
    server.call({ method: 'POST', path, body, ...(key !== undefined && { key }) });
  const statusOf = async (path: string, key: string) => (await server.call({ path, key })).status;
  const makeKey = async (scopes: string[], given: object = {}) => {
    const { status, body } = await post('/keys', { name: 'Test', scopes, ...given });
    expect(status).toBe(201);
    return body as { id: string; key: string };
  };
  const makeEnvironment = async (name: string) => {
    const { status, body } = await post('/environments', { name });
    expect(status).toBe(201);
    return body as { id: string; key: { id: string; key: string } };
  };
  const makeToken = async (app: string, body: object = {}) =>
    (await post(`/auth/app-portal-access/${app}`, body)).body as { url: string; token: string };

  describe('by keys', () => {
    it('is what the scopes of the key say, and a key is shown once', async () => {
      const { id, key } = await makeKey(['applications:read']);
      expect(await statusOf('/app', key)).toBe(200);
      expect(await statusOf('/event-type', key)).toBe(403);
      const list = await server.call({ path: '/keys' });
      expect(list.text).toContain(`"prefix":"pr_${id}"`);
      expect(list.text).not.toContain(key);
      expect(list.text).not.toContain(key.slice(-20));
    });

    it('cannot be widened by the key itself', async () => {
      const { key } = await makeKey(['keys:admin', 'applications:read']);
      for (const scopes of [['*'], ['messages:write'], ['tenants:admin']]) {
        expect((await post('/keys', { name: 'More', scopes }, key)).status).toBe(422);
      }
      expect((await post('/keys', { name: 'Same', scopes: ['applications:read'] }, key)).status).toBe(201);
    });

    it('ends at once when the key is revoked, and after at most 5 s in another process', async () => {
      const { id, key } = await makeKey(['applications:read']);
      expect(await statusOf('/app', key)).toBe(200);
      expect((await server.call({ method: 'DELETE', path: `/keys/${id}` })).status).toBe(204);
      expect(await statusOf('/app', key)).toBe(401);
      expect((await server.call({ method: 'DELETE', path: `/keys/${id}` })).status).toBe(404);

      const other = await makeKey(['applications:read']);
      expect(await statusOf('/app', other.key)).toBe(200);
      const environmentId = `env_${'0'.repeat(27)}`;
      await server.storage.revokeKey({ environmentId, keyId: other.id, revokedAt: server.clock.now() });
      await server.clock.advance(5 * secondMs);
      expect(await statusOf('/app', other.key)).toBe(401);
    });

    it('goes on with the new key and, for the overlap, with the old one', async () => {
      const { id, key } = await makeKey(['applications:read']);
      const rotated = await post(`/keys/${id}/rotate`, { overlapSeconds: 60 });
      expect(rotated.status).toBe(201);
      const next = rotated.body['key'] as string;
      expect([await statusOf('/app', key), await statusOf('/app', next)]).toEqual([200, 200]);
      await server.clock.advance(60 * secondMs);
      expect([await statusOf('/app', key), await statusOf('/app', next)]).toEqual([401, 200]);
      expect((await post(`/keys/${id}/rotate`, {})).status).toBe(409);
    });

    it('ends when the key expires', async () => {
      const expiresAt = new Date(server.clock.nowMs() + 10 * secondMs);
      const { key } = await makeKey(['applications:read'], { expiresAt });
      expect(await statusOf('/app', key)).toBe(200);
      await server.clock.advance(10 * secondMs);
      expect(await statusOf('/app', key)).toBe(401);
    });

    it('repeats the answer with a new key to its sender, and keeps it sealed', async () => {
      const headers = { 'idempotency-key': 'new-key-1' };
      const body = { name: 'Repeated', scopes: ['applications:read'] };
      const first = await server.call({ method: 'POST', path: '/keys', body, headers });
      const second = await server.call({ method: 'POST', path: '/keys', body, headers });
      expect(second.text).toBe(first.text);
      const { key: other } = await makeKey(['keys:admin', 'applications:read']);
      expect((await server.call({ method: 'POST', path: '/keys', body, headers, key: other })).status).toBe(422);
    });
  });

  describe('to environments', () => {
    it('is for keys that hold the instance scope, which * does not include', async () => {
      const { id, key } = await makeEnvironment('Second');
      expect(await statusOf('/app', key.key)).toBe(200);
      expect(await statusOf('/environments', key.key)).toBe(403);
      expect((await post('/environments', { name: 'No' }, key.key)).status).toBe(403);
      expect((await server.call({ path: `/environments/${id}` })).body).toMatchObject({ id, name: 'Second' });
      expect((await server.call({ path: '/environments/env_none' })).status).toBe(404);
    });

    it('keeps keys apart', async () => {
      const { key } = await makeEnvironment('Apart');
      const mine = await makeKey(['applications:read']);
      for (const [method, path] of [
        ['GET', `/keys/${mine.id}`],
        ['DELETE', `/keys/${mine.id}`],
        ['POST', `/keys/${mine.id}/rotate`],
      ] as const) {
        expect((await server.call({ method, path, key: key.key })).status).toBe(404);
      }
      expect(await statusOf('/app', mine.key)).toBe(200);
      expect((await server.call({ path: '/keys', key: key.key })).text).not.toContain(mine.id);
    });
  });

  describe('by portal tokens', () => {
    const url = 'https://hooks.example.com/in';

    it('is to one application, by its id and its uid, and to event types', async () => {
      const { body: app } = await post('/app', { name: 'Mine', uid: 'portal-mine' });
      await post('/app', { name: 'Other', uid: 'portal-other' });
      const access = await makeToken('portal-mine');
      expect(access.url).toContain(`#key=${access.token}`);
      const { token } = access;
      for (const name of ['portal-mine', String(app['id'])]) expect(await statusOf(`/app/${name}`, token)).toBe(200);
      expect(await statusOf('/event-type', token)).toBe(200);
      expect((await post('/app/portal-mine/endpoint', { url, uid: 'ep' }, token)).status).toBe(201);
      expect(await statusOf('/app/portal-mine/endpoint/ep/secret', token)).toBe(200);
      expect(await statusOf('/app/portal-other', token)).toBe(404);
      expect(await statusOf('/app/portal-other/endpoint', token)).toBe(404);
      for (const path of ['/app', '/keys', '/audit', '/environments']) expect(await statusOf(path, token)).toBe(403);
      expect((await post('/app/portal-mine/msg', { eventType: 'a', payload: {} }, token)).status).toBe(403);
      expect((await post('/auth/app-portal-access/portal-mine', {}, token)).status).toBe(403);
      expect((await server.call({ method: 'DELETE', path: '/app/portal-mine', key: token })).status).toBe(403);
    });

    it('may be for reading only', async () => {
      await post('/app', { name: 'Read', uid: 'portal-read' });
      const { token } = await makeToken('portal-read', { readOnly: true });
      expect(await statusOf('/app/portal-read/endpoint', token)).toBe(200);
      expect((await post('/app/portal-read/endpoint', { url }, token)).status).toBe(403);
    });

    it('ends with the token: when it expires, logs out, or all are told to expire', async () => {
      const token = async (body: object = {}) => (await makeToken('portal-end', body)).token;
      await post('/app', { name: 'End', uid: 'portal-end' });
      const read = (key: string) => statusOf('/app/portal-end', key);
      const short = await token({ expiry: 60 });
      const [gone, kept, late] = [await token(), await token({ sessionId: 'a' }), await token({ sessionId: 'b' })];
      for (const each of [short, gone, kept, late]) expect(await read(each)).toBe(200);
      await server.clock.advance(60 * secondMs);
      expect(await read(short)).toBe(401);
      expect((await post('/auth/logout', {}, gone)).status).toBe(204);
      expect([await read(gone), await read(kept)]).toEqual([401, 200]);
      expect((await post('/auth/app/portal-end/expire-all', { sessionIds: ['a'] })).status).toBe(204);
      expect([await read(kept), await read(late)]).toEqual([401, 200]);
      await post('/auth/app/portal-end/expire-all', { expiry: 100 });
      expect(await read(late)).toBe(200);
      await post('/auth/app/portal-end/expire-all', {});
      expect(await read(late)).toBe(401);
      expect((await post('/auth/logout', {})).status).toBe(403);
    });
  });

  describe('as the audit log tells it', () => {
    it('names who did what, with what changed, and no secret', async () => {
      await post('/app', { name: 'Audited', uid: 'audited' });
      const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
      const headers = { 'x-canary': 'CANARY-header' };
      const query = 'https://hooks.example.com/in?token=CANARY-query';
      await post('/app/audited/endpoint', { url: query, uid: 'ep', secret, headers });
      await server.call({ method: 'PATCH', path: '/app/audited', body: { name: 'Renamed' } });
      await server.call({ path: '/app/audited/endpoint/ep/secret' });
      const { body, text } = await server.call({ path: '/audit?limit=4' });
      expect(body['data']).toMatchObject([
        { action: 'endpointSettings.getSecret', target: { app_id: 'audited', endpoint_id: 'ep' } },
        { action: 'applications.patch', before: { name: 'Audited' }, after: { name: 'Renamed' } },
        { action: 'endpoints.create', after: { headers: { 'x-canary': '[redacted]' } } },
        { action: 'applications.create', after: { name: 'Audited', uid: 'audited' } },
      ]);
      for (const canary of ['CANARY', secret]) expect(text).not.toContain(canary);
      const renamed = await server.call({ path: '/audit?action=applications.patch&limit=1' });
      expect(renamed.text).toContain('Renamed');
    });
  });

  describe('with if-match', () => {
    it('refuses a change of something that was changed meanwhile', async () => {
      const created = await post('/app', { name: 'First', uid: 'tagged' });
      const etag = String(created.headers['etag']);
      const change = (method: string, tag: string) =>
        server.call({ method, path: '/app/tagged', body: { name: 'Next' }, headers: { 'if-match': tag } });
      expect((await change('PATCH', etag)).status).toBe(200);
      for (const method of ['PATCH', 'PUT', 'DELETE']) {
        expect(await change(method, etag)).toMatchObject({ status: 412, body: { code: 'precondition_failed' } });
      }
      const { headers } = await server.call({ path: '/app/tagged' });
      expect((await change('PUT', String(headers['etag']))).status).toBe(200);
      expect((await change('DELETE', '*')).status).toBe(204);
      expect((await change('PUT', '*')).status).toBe(412);
    });
  });
});

import { MetricsReader } from '@postrider/metrics';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.js';

const url = 'https://hooks.example.com/in';

describe('endpoints', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    await server.call({ path: '/app', body: { name: 'Owner', uid: 'owner' } });
    for (const name of ['a.one', 'a.two', 'a.old']) {
      await server.call({ path: '/event-type', body: { name, description: 'For tests' } });
    }
  });
  afterAll(() => server.close());

  it('say in seconds which delays they refuse', async () => {
    for (const [retrySchedule, told] of [
      [[0], '>=1'],
      [[604_801], '<=604800'],
    ] as const) {
      const answer = await server.call({ path: '/app/owner/endpoint', body: { url, retrySchedule } });
      expect(answer).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', 'retrySchedule', 0] }] } });
      expect(answer.text).toContain(told);
    }
  });

  it('say how they keep deliveries in order', async () => {
    const path = '/app/owner/endpoint';
    const call = (method: 'POST' | 'PUT' | 'PATCH', ordering: unknown) =>
      server.call({
        method,
        path: method === 'POST' ? path : `${path}/in-order`,
        body: { url, uid: 'in-order', ordering },
      });
    const created = await call('POST', { by: 'key' });
    expect(created).toMatchObject({ status: 201, body: { ordering: { by: 'key', onFailure: 'block' } } });
    for (const wrong of [{ by: 'age' }, { onFailure: 'block' }, { by: 'key', onFailure: 'stop' }, 'key']) {
      expect(await call('PATCH', wrong)).toMatchObject({ status: 422 });
    }
    const other = { by: 'endpoint', onFailure: 'continue' };
    expect((await call('PATCH', other)).body).toMatchObject({ ordering: other });
    expect((await call('PATCH', undefined)).body).toMatchObject({ ordering: other });
    expect((await call('PATCH', null)).body).not.toHaveProperty('ordering');
    expect((await call('PUT', other)).body).toMatchObject({ ordering: other });
    expect((await call('PUT', undefined)).body).not.toHaveProperty('ordering');
    await server.call({ method: 'DELETE', path: `${path}/in-order` });
  });

  it('that people disable are counted once each', async () => {
    const path = '/app/owner/endpoint/counted';
    await server.call({ method: 'PUT', path, body: { url } });
    for (const disabled of [true, true, false, true]) {
      expect((await server.call({ method: 'PATCH', path, body: { disabled } })).body).toMatchObject({ disabled });
    }
    const metrics = server.server.kernel.get(MetricsReader).collect();
    const counted = metrics.find(({ name }) => name === 'webhook_endpoint_disabled_total');
    expect(counted?.series).toMatchObject([{ labels: { reason: 'manual' }, value: 2 }]);
    await server.call({ method: 'DELETE', path });
  });

  it('are one, when several processes PUT the same uid at the same time', async () => {
    const put = () => server.call({ method: 'PUT', path: '/app/owner/endpoint/at-once', body: { url } });
    server.watched.gather('getEndpoint', 4);
    const answers = await Promise.all([put(), put(), put(), put()]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    const path = '/app/owner/endpoint/free';
    expect((await server.call({ method: 'PUT', path, body: { url, uid: 'at-once' } })).status).toBe(409);
    await server.call({ method: 'DELETE', path: '/app/owner/endpoint/at-once' });
  });

  it('are created, read by id and uid, changed, and deleted', async () => {
    const body = {
      url: 'HTTPS://Hooks.Example.COM/in?a=b',
      uid: 'first',
      description: 'd',
      channels: ['c1'],
      timeoutMs: 5_000,
    };
    const created = await server.call({ path: '/app/owner/endpoint', body: { ...body, retrySchedule: [5, 300] } });
    expect(created).toMatchObject({
      status: 201,
      body: {
        url: 'https://hooks.example.com/in?a=b',
        disabled: false,
        channels: ['c1'],
        retrySchedule: [5, 300],
        version: 1,
      },
    });
    expect(created.text).not.toContain('whsec_');
    const id = String(created.body['id']);
    expect((await server.call({ path: `/app/owner/endpoint/${id}` })).body).toEqual(created.body);

    const patched = await server.call({
      method: 'PATCH',
      path: '/app/owner/endpoint/first',
      body: { disabled: true, channels: null, eventTypes: ['a.one'] },
    });
    expect(patched).toMatchObject({
      status: 200,
      body: { disabled: true, disabledReason: 'manual', eventTypes: ['a.one'], filterTypes: ['a.one'], version: 2 },
    });
    expect(patched.body).not.toHaveProperty('channels');

    const put = await server.call({ method: 'PUT', path: '/app/owner/endpoint/first', body: { url } });
    expect(put).toMatchObject({ status: 200, body: { id, uid: 'first', url, disabled: false, description: '' } });
    for (const cleared of ['eventTypes', 'timeoutMs', 'retrySchedule', 'disabledReason']) {
      expect(put.body).not.toHaveProperty(cleared);
    }
    expect((await server.call({ method: 'DELETE', path: `/app/owner/endpoint/${id}` })).status).toBe(204);
    expect((await server.call({ path: '/app/owner/endpoint/first' })).status).toBe(404);
  });

  it('are listed newest first, and belong to their application alone', async () => {
    await server.call({ path: '/app', body: { name: 'Other', uid: 'other' } });
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { body } = await server.call({ path: '/app/other/endpoint', body: { url, uid: `e${n}` } });
      ids.push(String(body['id']));
    }
    const list = await server.call({ path: '/app/other/endpoint' });
    expect((list.body['data'] as { id: string }[]).map(({ id }) => id)).toEqual(ids.toReversed());
    expect((await server.call({ path: `/app/owner/endpoint/${ids[0]}` })).status).toBe(404);
    expect((await server.call({ path: '/app/other/endpoint', body: { url, uid: 'e1' } })).status).toBe(409);
  });

  it('take only event types that exist, and keep those that were archived since', async () => {
    const create = (eventTypes: string[]) => server.call({ path: '/app/owner/endpoint', body: { url, eventTypes } });
    expect((await create(['a.one', 'a.missing'])).status).toBe(422);
    const created = await create(['a.one', 'a.old']);
    expect(created.status).toBe(201);
    await server.call({ method: 'DELETE', path: '/event-type/a.old' });
    expect((await create(['a.old'])).status).toBe(422);
    const path = `/app/owner/endpoint/${String(created.body['id'])}`;
    const kept = await server.call({ method: 'PATCH', path, body: { eventTypes: ['a.old', 'a.two'] } });
    expect(kept).toMatchObject({ status: 200, body: { eventTypes: ['a.old', 'a.two'] } });
  });

  it('show custom headers, but not the values of those that look like credentials', async () => {
    const headers = { 'X-Tenant': 'blue', Authorization: 'Basic c2VjcmV0' };
    await server.call({ path: '/app/owner/endpoint', body: { url, uid: 'headed', headers } });
    const path = '/app/owner/endpoint/headed/headers';
    expect(await server.call({ path })).toMatchObject({
      status: 200,
      body: { headers: { 'x-tenant': 'blue' }, sensitive: ['authorization'] },
    });
    const patch = { headers: { 'x-more': '1' }, deleteHeaders: ['Authorization'] };
    expect(await server.call({ method: 'PATCH', path, body: patch })).toMatchObject({ status: 204, text: '' });
    expect((await server.call({ path })).body).toEqual({
      headers: { 'x-tenant': 'blue', 'x-more': '1' },
      sensitive: [],
    });
    expect((await server.call({ method: 'PUT', path, body: { headers: { 'x-only': '2' } } })).status).toBe(204);
    expect((await server.call({ path })).body).toEqual({ headers: { 'x-only': '2' }, sensitive: [] });

    // PUT of the endpoint leaves them alone: they have their own route.
    await server.call({ method: 'PUT', path: '/app/owner/endpoint/headed', body: { url } });
    expect((await server.call({ path })).body).toMatchObject({ headers: { 'x-only': '2' } });
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`x-${index}`, '1']));
    expect((await server.call({ method: 'PATCH', path, body: { headers: many } })).status).toBe(422);
  });

  it('refuse one more than the limit', async () => {
    const small = await startTestServer({
      environment: { POSTRIDER_ENDPOINTS_MAX: '2', POSTRIDER_API_KEY: 'root-key-0123456789-0123456789-abcdefghij' },
    });
    await small.call({ path: '/app', body: { name: 'Small', uid: 'small' } });
    const create = () => small.call({ path: '/app/small/endpoint', body: { url } });
    expect([(await create()).status, (await create()).status]).toEqual([201, 201]);
    expect(await create()).toMatchObject({ status: 409, body: { code: 'limit_reached' } });
    await small.close();
  });
});

describe('signing secrets', () => {
  const base = '/app/owner/endpoint/signed/secret';
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    await server.call({ path: '/app', body: { name: 'Owner', uid: 'owner' } });
    await server.call({ path: '/app/owner/endpoint', body: { url, uid: 'signed' } });
  });
  afterAll(() => server.close());

  const read = async () => String((await server.call({ path: base })).body['key']);
  const rotate = (body?: object) => server.call({ method: 'POST', path: `${base}/rotate`, ...(body && { body }) });
  const stored = async () => {
    const { storage } = server.watched;
    const environmentId = `env_${'0'.repeat(27)}`;
    const application = await storage.getApplication({ environmentId, application: { uid: 'owner' } });
    const applicationId = String(application?.id);
    const endpoint = await storage.getEndpoint({ environmentId, applicationId, endpoint: { uid: 'signed' } });
    return storage.getEndpointSecrets({ environmentId, applicationId, endpointId: String(endpoint?.id) });
  };

  it('are generated, and rotated with the old one signing along for a day', async () => {
    const before = await read();
    expect(before).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await rotate()).toMatchObject({ status: 204, text: '' });
    const after = await read();
    expect(after).not.toBe(before);
    const old = (await stored())?.find(({ key }) => key === before);
    expect(old?.expiresAt?.getTime()).toBe(server.clock.nowMs() + 86_400_000);
  });

  it('are taken from the caller, with or without their prefix', async () => {
    const key = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect((await rotate({ key, gracePeriodSeconds: 60 })).status).toBe(204);
    expect(await read()).toBe(`whsec_${key}`);
    expect((await rotate({ key })).status).toBe(422);
    const created = await server.call({
      path: '/app/owner/endpoint',
      body: { url, uid: 'brought', secret: `whsec_${key}` },
    });
    expect(created.status).toBe(201);
    const brought = await server.call({ path: '/app/owner/endpoint/brought/secret' });
    expect(brought.body).toEqual({ key: `whsec_${key}` });
  });

  it('sign along five at a time, and not at all after a grace period of 0', async () => {
    await server.clock.advance(2 * 86_400_000);
    for (let n = 0; n < 5; n += 1) expect((await rotate({})).status).toBe(204);
    expect(await rotate({})).toMatchObject({ status: 409, body: { code: 'limit_reached' } });
    await server.clock.advance(86_400_000);
    expect((await rotate({ gracePeriodSeconds: 0 })).status).toBe(204);
    expect(await stored()).toHaveLength(1);
  });

  it('have exactly one current after concurrent rotations', async () => {
    const answers = await Promise.all([rotate({}), rotate({}), rotate({})]);
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect((await stored())?.filter(({ expiresAt }) => expiresAt === undefined)).toHaveLength(1);
  });
});

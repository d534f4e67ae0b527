import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootKey, startTestServer, type TestServer } from './support/test-server.js';

describe('messages', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    await server.call({ path: '/app', body: { name: 'Owner', uid: 'owner' } });
  });
  afterAll(() => server.close());

  const publish = (body: unknown, headers: Record<string, string> = {}) =>
    server.call({ path: '/app/owner/msg', body, headers });

  it('keep their payload byte for byte, in the store and in every answer', async () => {
    const payload =
      '{"n":1e400, "big":123456789012345678901234567890,\n "k":1, "k":2, "__proto__":{}, "nul":"\\u0000", "ü":"\\ud83d\\ude00"}';
    const answer = await publish(`{ "payload" : ${payload} , "eventType":"a.b"}`);
    expect(answer.status).toBe(202);
    expect(answer.text).toContain(`"payload":${payload}}`);
    const id = String(answer.body['id']);
    expect(id).toMatch(/^msg_[0-9A-Za-z]{27}$/);
    expect((await server.call({ path: `/app/owner/msg/${id}` })).text).toBe(answer.text);
    expect((await server.call({ path: '/app/owner/msg' })).text).toContain(answer.text);
    const hidden = await server.call({ path: `/app/owner/msg/${id}?with_content=false` });
    expect(hidden.body['payload']).toEqual({});
    expect((await publish({ eventType: 'a.b', payload: { x: 1 } })).body['payload']).toEqual({ x: 1 });
  });

  it('may carry any JSON, and the text that SDKs send as rawPayload', async () => {
    for (const payload of ['null', '1', '"x"', '[]', '{}']) {
      expect(await publish(`{"eventType":"a.b","payload":${payload}}`)).toMatchObject({ status: 202 });
    }
    const raw = { eventType: 'a.b', payload: {}, transformationsParams: { rawPayload: '{ "a" : 1 }' } };
    expect((await publish(raw)).text).toContain('"payload":{ "a" : 1 }}');
    for (const rawPayload of ['not json', '1,"eventType":"b"', '\\ud800', `${'['.repeat(64)}${']'.repeat(64)}`]) {
      expect((await publish({ ...raw, transformationsParams: { rawPayload } })).status).toBe(422);
    }
  });

  it('are found by their event id, which is unique in the application', async () => {
    const body = {
      eventType: 'a.b',
      payload: {},
      eventId: 'order-7',
      channels: ['c'],
      tags: ['t'],
      orderingKey: 'customer:7',
    };
    const first = await publish(body);
    expect(first).toMatchObject({
      status: 202,
      body: { eventId: 'order-7', channels: ['c'], tags: ['t'], orderingKey: 'customer:7' },
    });
    expect((await server.call({ path: '/app/owner/msg/order-7' })).body).toEqual(first.body);
    expect(await publish(body)).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('are published once for one idempotency key', async () => {
    const body = '{"eventType":"a.b","payload":{"once":true}}';
    const first = await publish(body, { 'idempotency-key': 'k1' });
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    const again = await publish(body, { 'idempotency-key': 'k1' });
    expect(again).toMatchObject({ status: 202, text: first.text });
    expect(again.headers['idempotent-replayed']).toBe('true');
    const other = await publish('{"eventType":"a.b","payload":{}}', { 'idempotency-key': 'k1' });
    expect(other).toMatchObject({ status: 422, body: { detail: [{ type: 'idempotency_mismatch' }] } });
    await server.clock.advance(24 * 60 * 60 * 1_000 + 1);
    const later = await publish(body, { 'idempotency-key': 'k1' });
    expect(later.status).toBe(202);
    expect(later.body['id']).not.toBe(first.body['id']);
  });

  it('create the application of the path when they bring it', async () => {
    const body = { eventType: 'a.b', payload: {}, application: { name: 'Inline' } };
    const path = '/app/inline/msg';
    expect((await server.call({ path, body: { ...body, application: null } })).status).toBe(404);
    expect((await server.call({ path, body: { ...body, application: { name: 'X', uid: 'else' } } })).status).toBe(422);
    expect((await server.call({ path, body })).status).toBe(202);
    expect((await server.call({ path: '/app/inline' })).body).toMatchObject({ name: 'Inline', uid: 'inline' });
    expect((await server.call({ path, body: { ...body, application: { name: 'Ignored' } } })).status).toBe(202);
    expect((await server.call({ path: '/app/inline' })).body).toMatchObject({ name: 'Inline' });
  });

  it('go to the new application when the old one of the uid was deleted a moment ago', async () => {
    const body = { eventType: 'a.b', payload: {} };
    await server.call({ path: '/app', body: { name: 'Old', uid: 'phoenix' } });
    await server.call({ path: '/app/phoenix/msg', body });
    // Another process deletes it: this one still has it in its cache.
    const { storage } = server.watched;
    const environmentId = `env_${'0'.repeat(27)}`;
    const old = await storage.getApplication({ environmentId, application: { uid: 'phoenix' } });
    await storage.deleteApplication({ environmentId, applicationId: String(old?.id), deletedAt: server.clock.now() });
    const again = await server.call({ path: '/app/phoenix/msg', body: { ...body, application: { name: 'New' } } });
    await server.clock.advance(3_000);
    const gone = await server.call({ path: '/app/phoenix/msg', body: { ...body, application: { name: 'New' } } });
    expect([again.status, gone.status]).toEqual([202, 202]);
    expect((await server.call({ path: '/app/phoenix' })).body['id']).not.toBe(old?.id);
  });

  it('are listed newest first and filtered', async () => {
    const listed = await startTestServer();
    await listed.call({ path: '/app', body: { name: 'Owner', uid: 'owner' } });
    const ids: string[] = [];
    for (const [index, extra] of [{ channels: ['c'] }, { tags: ['t'] }, {}].entries()) {
      const answer = await listed.call({
        path: '/app/owner/msg',
        body: { eventType: `e.${index}`, payload: {}, ...extra },
      });
      ids.push(String(answer.body['id']));
      await listed.clock.advance(1_000);
    }
    const list = async (query: string) =>
      ((await listed.call({ path: `/app/owner/msg?${query}` })).body['data'] as { id: string }[]).map(({ id }) =>
        ids.indexOf(id),
      );
    expect(await list('')).toEqual([2, 1, 0]);
    expect(await list('channel=c')).toEqual([0]);
    expect(await list('tag=t')).toEqual([1]);
    expect(await list('event_types=e.0,e.2')).toEqual([2, 0]);
    expect(await list('event_types=e.0&event_types=e.1')).toEqual([1, 0]);
    expect(await list('after=2026-01-01T00:00:00.500Z')).toEqual([2, 1]);
    expect(await list('before=2026-01-01T00:00:00.500Z')).toEqual([0]);
    await listed.close();
  });

  it('are refused when too large, with what would fit accepted', async () => {
    const small = await startTestServer({
      environment: { POSTRIDER_API_KEY: rootKey, POSTRIDER_PAYLOAD_MAX_BYTES: '1024' },
    });
    await small.call({ path: '/app', body: { name: 'Owner', uid: 'owner' } });
    const send = (bytes: number) =>
      small.call({ path: '/app/owner/msg', body: `{"eventType":"a.b","payload":"${'x'.repeat(bytes - 2)}"}` });
    expect((await send(1_024)).status).toBe(202);
    expect(await send(1_025)).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
    expect(await send(2_000_000)).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
    await small.close();
  });
});

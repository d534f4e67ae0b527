import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.js';

type Row = Record<string, unknown>;
const unknownTask = `qtask_${'0'.repeat(27)}`;

describe('sending again, and why things stand where they do', () => {
  let server: TestServer;
  let message: string;
  const at = (offsetMs: number) => new Date(server.clock.nowMs() + offsetMs).toISOString();
  const post = (path: string, body: unknown) => server.call({ method: 'POST', path, body });

  beforeAll(async () => {
    server = await startTestServer();
    await server.call({ path: '/app', body: { name: 'Owner', uid: 'owner' } });
    const endpoint = { url: 'https://hooks.example.com/' };
    await server.call({ path: '/app/owner/endpoint', body: { ...endpoint, uid: 'all' } });
    await server.call({ path: '/app/owner/endpoint', body: { ...endpoint, uid: 'red', channels: ['red'] } });
    await server.call({ path: '/app/owner/endpoint', body: { ...endpoint, uid: 'off', disabled: true } });
    const published = await server.call({ path: '/app/owner/msg', body: { eventType: 'a.b', payload: { n: 1 } } });
    message = String(published.body['id']);
  });
  afterAll(() => server.close());

  it('refuses ranges that begin too early, in the future, or end before they begin, naming the field', async () => {
    const path = '/app/owner/endpoint/all/recover';
    const field = async (body: unknown) => {
      const answer = await post(path, body);
      expect(answer.status).toBe(422);
      return (answer.body['detail'] as Row[])[0]?.['loc'];
    };
    expect(await field({ since: at(-15 * 86_400_000) })).toEqual(['body', 'since']);
    expect(await field({ since: at(60_000) })).toEqual(['body', 'since']);
    expect(await field({ since: at(-1_000), until: at(-2_000) })).toEqual(['body', 'until']);
    expect(await field({})).toEqual(['body', 'since']);
    expect(await post('/app/owner/endpoint/off/recover', { since: at(-1_000) })).toMatchObject({ status: 409 });
    expect(await post('/app/owner/endpoint/nobody/recover', { since: at(-1_000) })).toMatchObject({ status: 404 });
  });

  it('answers 202 with a task, which can be paused, resumed and cancelled, each only when it makes sense', async () => {
    const started = await post('/app/owner/endpoint/all/bulk-replay', { since: at(-1_000), status: 2 });
    expect(started).toMatchObject({ status: 202, body: { status: 'running', task: 'endpoint.bulk-replay' } });
    const id = String(started.body['id']);
    const tell = (verb: string) => server.call({ method: 'POST', path: `/tasks/${id}/${verb}` });
    expect(await tell('resume')).toMatchObject({ status: 409 });
    expect(await tell('pause')).toMatchObject({ status: 200, body: { state: 'paused' } });
    expect(await tell('resume')).toMatchObject({ status: 200, body: { state: 'waiting' } });
    expect(await tell('cancel')).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect(await server.call({ path: `/background-task/${id}` })).toMatchObject({ body: { status: 'failed' } });
    expect((await server.call({ path: `/tasks/${unknownTask}` })).status).toBe(404);
  });

  it('explains for every endpoint whether it receives a message, and why not', async () => {
    const { body } = await server.call({ path: `/app/owner/msg/${message}/explain` });
    expect((body['endpoints'] as Row[]).map(({ matches, why, status }) => [matches, why, status])).toEqual([
      [true, undefined, 'pending'],
      [false, 'channels', undefined],
      [false, 'disabled', undefined],
    ]);
  });

  it('finds deliveries, tells their story, calls them off once, and accounts for all of them', async () => {
    const { body } = await server.call({ path: `/deliveries?status=pending&msg_id=${message}` });
    const [delivery] = body['data'] as Row[];
    const path = `/deliveries/${String(delivery?.['id'])}`;
    expect((await server.call({ path })).body['why']).toMatchObject([{ kind: 'matched' }, { kind: 'waiting' }]);
    expect((await server.call({ path: '/ledger' })).body).toMatchObject({ accepted: 1, pending: 1, cancelled: 0 });
    const cancel = () => server.call({ method: 'POST', path: `${path}/cancel` });
    expect(await cancel()).toMatchObject({ status: 200, body: { status: 'cancelled', reason: 'requested' } });
    expect(await cancel()).toMatchObject({ status: 409 });
    expect(await server.call({ method: 'POST', path: `${path}/retry` })).toMatchObject({
      status: 202,
      body: { trigger: 'manual', status: 'pending' },
    });
    expect((await server.call({ path: '/ledger' })).body).toMatchObject({ accepted: 2, pending: 1, cancelled: 1 });
    expect((await server.call({ path: '/deliveries?status=lost' })).status).toBe(422);
  });

  it('forgets a payload, calls off what waits of it, and sends it no more', async () => {
    expect(await server.call({ method: 'DELETE', path: `/app/owner/msg/${message}/content` })).toMatchObject({
      status: 204,
    });
    const { body } = await server.call({ path: `/app/owner/msg/${message}` });
    expect(body['payload']).toEqual({ expired: true });
    expect((await server.call({ path: '/ledger' })).body).toMatchObject({ pending: 0, cancelled: 2 });
    const resend = { method: 'POST', path: `/app/owner/msg/${message}/endpoint/all/resend` };
    expect(await server.call(resend)).toMatchObject({ status: 409, body: { code: 'content_expunged' } });
  });
});

import { verifyWebhook } from '@postrider/delivery';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.js';

type Row = Record<string, unknown>;

describe('simulating a message', () => {
  let server: TestServer;
  let secret: string;
  const simulate = (body: Row | string) => server.call({ method: 'POST', path: '/simulate', body });
  const message = { appId: 'owner', eventType: 'a.b', payload: { n: 1 } };

  beforeAll(async () => {
    server = await startTestServer();
    await server.call({ path: '/app', body: { name: 'Owner', uid: 'owner' } });
    await server.call({ path: '/event-type', body: { name: 'a.b', description: '' } });
    const url = 'https://hooks.example.com/';
    const headers = { 'x-shown': 'yes', 'x-api-key': 'CANARY' };
    const settings = { retrySchedule: [5, 60], timeoutMs: 4_000, headers };
    await server.call({ path: '/app/owner/endpoint', body: { url, uid: 'all', ...settings } });
    await server.call({ path: '/app/owner/endpoint', body: { url, uid: 'red', channels: ['red'] } });
    await server.call({ path: '/app/owner/endpoint', body: { url, uid: 'off', disabled: true } });
    await server.call({ path: '/app/owner/endpoint', body: { url, uid: 'typed', eventTypes: ['a.b'] } });
    secret = String((await server.call({ path: '/app/owner/endpoint/all/secret' })).body['key']);
  });
  afterAll(() => server.close());

  it('tells for every endpoint whether and when it would be called, and stores nothing', async () => {
    const { status, body } = await simulate(message);
    expect({ status, ...body }).toMatchObject({ status: 200, deliveries: 2, eventTypeState: 'known', payloadBytes: 7 });
    const [all, red, off, typed] = body['endpoints'] as [Row, Row, Row, Row];
    const attempts = [
      { number: 1, delaySeconds: 0, at: body['now'] },
      { number: 2, delaySeconds: 5 },
      { number: 3, delaySeconds: 60 },
    ];
    expect(all).toMatchObject({ matches: true, breaker: 'closed', timeoutMs: 4_000, attempts });
    expect(all['attempts']).toHaveLength(3);
    expect(red).toMatchObject({ matches: false, why: 'channels' });
    expect(off).toMatchObject({ matches: false, why: 'disabled' });
    expect(typed['attempts']).toHaveLength(10);
    const other = (await simulate({ ...message, eventType: 'c.d', channels: ['red'] })).body;
    expect(other).toMatchObject({ deliveries: 2, eventTypeState: 'unknown' });
    expect((other['endpoints'] as Row[]).map(({ matches }) => matches)).toEqual([true, true, false, false]);
    expect((await server.call({ path: '/ledger' })).body).toMatchObject({ accepted: 0 });
    expect((await server.call({ path: '/app/owner/msg' })).body).toMatchObject({ data: [] });
  });

  it('shows the request with a signature that verifies, without the values of sensitive headers', async () => {
    const { body, text } = await simulate('{"appId":"owner","eventType":"a.b","payload":{ "n" : 1.0 }}');
    const { request } = (body['endpoints'] as { request: { headers: Record<string, string>; body: string } }[])[0]!;
    expect(request).toMatchObject({ method: 'POST', body: '{ "n" : 1.0 }', sensitive: ['x-api-key'] });
    expect(request.headers).toMatchObject({ 'x-shown': 'yes', 'content-type': 'application/json' });
    const verify = (payload: string) =>
      verifyWebhook({ key: secret, headers: request.headers, body: payload, now: server.clock.now() });
    expect(verify(request.body)).toMatchObject({ verified: true });
    expect(verify('{"n":1}')).toMatchObject({ verified: false });
    expect(text).not.toContain('CANARY');
  });

  it('lets the first attempt wait for its time, and for the end of a pause of the endpoint', async () => {
    const inAnHour = new Date(server.clock.nowMs() + 3_600_000);
    const deliverAt = inAnHour.toISOString();
    const attempts = [{ at: deliverAt, delaySeconds: 3_600 }, { delaySeconds: 5 }, { delaySeconds: 60 }];
    const later = (await simulate({ ...message, deliverAt })).body['endpoints'] as [Row];
    expect(later[0]).toMatchObject({ attempts });
    expect(later[0]['heldUntil']).toBeUndefined();
    const { storage } = server.watched;
    const applicationId = String((await server.call({ path: '/app/owner' })).body['id']);
    const endpointId = String(later[0]['endpointId']);
    const state = { applicationId, endpointId, generation: 1, pausedUntil: inAnHour };
    await storage.recordOutcomes({ outcomes: [], endpointStates: [state], recordedAt: server.clock.now() });
    const paused = (await simulate(message)).body['endpoints'] as [Row];
    expect(paused[0]).toMatchObject({ heldUntil: deliverAt, attempts });
  });

  it('refuses what publishing would refuse', async () => {
    expect(await simulate({ ...message, appId: 'nobody' })).toMatchObject({ status: 404 });
    expect(await simulate({ ...message, eventType: 'a..b' })).toMatchObject({ status: 422 });
    expect(await simulate({ ...message, payload: 'x'.repeat(300_000) })).toMatchObject({ status: 413 });
    const tooLate = new Date(server.clock.nowMs() + 31 * 86_400_000).toISOString();
    expect(await simulate({ ...message, deliverAt: tooLate })).toMatchObject({ status: 422 });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attempt, DeliveryTransition } from '@postrider/core';
import { defaultEnvironmentId } from '../src/lifecycle/first-boot.js';
import { startTestServer, type TestServer } from './support/test-server.js';

/** Plays the worker: claims what is due and records an outcome for each. */
async function deliverAll(
  server: TestServer,
  decide: (endpointId: string) => Partial<Attempt> & { next: DeliveryTransition },
) {
  const { storage } = server.watched;
  const leaseUntil = new Date(server.clock.nowMs() + 60_000);
  const claim = { workerId: 'w', limit: 100, perEndpointLimit: 100, leaseUntil, now: server.clock.now() };
  const claimed = await storage.claimDue(claim);
  const outcomes = claimed.map(({ delivery, message }, index) => {
    const { next, ...attempt } = decide(delivery.endpointId);
    const { environmentId, applicationId, messageId, endpointId, leaseToken, id: deliveryId } = delivery;
    return {
      lease: { applicationId, messageId, deliveryId, leaseToken },
      environmentId,
      endpointId,
      eventType: message.eventType,
      next,
      attempt: {
        id: `atmpt_${String(server.clock.nowMs()).padStart(20, '0')}${String(index).padStart(7, '0')}`,
        environmentId,
        applicationId,
        messageId,
        endpointId,
        deliveryId,
        number: delivery.attemptCount + 1,
        trigger: delivery.trigger,
        outcome: 'succeeded' as const,
        url: 'https://hooks.example.com/',
        responseStatusCode: 200,
        responseBody: 'ok',
        durationMs: 12.4,
        startedAt: server.clock.now(),
        ...attempt,
      },
    };
  });
  await storage.recordOutcomes({ outcomes, recordedAt: server.clock.now() });
  return claimed.length;
}

type Row = Record<string, unknown>;

describe('attempts and destinations', () => {
  let server: TestServer;
  let good: string;
  let bad: string;
  let message: string;
  const rows = async (path: string) => (await server.call({ path: `/app/owner${path}` })).body['data'] as Row[];
  const endpoint = async (uid: string) => {
    const { body } = await server.call({
      path: '/app/owner/endpoint',
      body: { url: 'https://hooks.example.com/', uid },
    });
    return String(body['id']);
  };

  beforeAll(async () => {
    server = await startTestServer();
    await server.call({ path: '/app', body: { name: 'Owner', uid: 'owner' } });
    good = await endpoint('good');
    bad = await endpoint('bad');
    const body = { eventType: 'a.b', payload: { n: 1 }, eventId: 'event-1', channels: ['c'], tags: ['t'] };
    message = String((await server.call({ path: '/app/owner/msg', body })).body['id']);
    const retryAt = new Date(server.clock.nowMs() + 5_000);
    const decide = (endpointId: string): Partial<Attempt> & { next: DeliveryTransition } =>
      endpointId === good
        ? { next: { status: 'delivered' } }
        : {
            outcome: 'failed',
            responseStatusCode: 503,
            responseBody: 'later',
            next: { status: 'pending', dueAt: retryAt },
          };
    expect(await deliverAll(server, decide)).toBe(2);
    await server.clock.advance(5_000);
    const fail = { outcome: 'failed', responseStatusCode: 0, responseBody: '', errorKind: 'timeout' } as const;
    await deliverAll(server, () => ({ ...fail, next: { status: 'dead_letter', reason: 'exhausted' } }));
  });
  afterAll(() => server.close());

  it('list the attempts of a message, newest first, and filter them', async () => {
    const all = await rows(`/attempt/msg/${message}`);
    expect(all.map((row) => [row['endpointId'], row['responseStatusCode'], row['status'], row['statusText']])).toEqual([
      [bad, 0, 2, 'fail'],
      [bad, 503, 2, 'fail'],
      [good, 200, 0, 'success'],
    ]);
    expect(all[0]).toMatchObject({ error: 'timeout', msgId: message, triggerType: 0, responseDurationMs: 12 });
    expect(await rows('/attempt/msg/event-1?status=0')).toHaveLength(1);
    expect(await rows(`/attempt/msg/${message}?status=2`)).toHaveLength(2);
    expect(await rows(`/attempt/msg/${message}?status=1`)).toEqual([]);
    expect(await rows(`/attempt/msg/${message}?status_code_class=500`)).toHaveLength(1);
    expect(await rows(`/attempt/msg/${message}?endpoint_id=good`)).toHaveLength(1);
    expect(await rows(`/attempt/msg/${message}?event_types=x`)).toEqual([]);
    expect((await rows(`/attempt/msg/${message}?with_content=false`)).map(({ response }) => response)).toEqual([
      '',
      '',
      '',
    ]);
    const paged = await server.call({ path: `/app/owner/attempt/msg/${message}?limit=2` });
    expect(paged.body).toMatchObject({ done: false });
    const rest = await rows(`/attempt/msg/${message}?iterator=${String(paged.body['iterator'])}`);
    expect(rest.map(({ id }) => id)).toEqual([all[2]?.['id']]);
  });

  it('list the attempts at an endpoint, by what the message carries', async () => {
    expect(await rows('/attempt/endpoint/bad')).toHaveLength(2);
    expect(await rows('/attempt/endpoint/bad?channel=c&tag=t')).toHaveLength(2);
    expect(await rows('/attempt/endpoint/bad?channel=other')).toEqual([]);
    const [row] = await rows('/attempt/endpoint/good?with_msg=true');
    expect(row?.['msg']).toMatchObject({ id: message, eventType: 'a.b', payload: {} });
  });

  it('get one attempt, through its own message only', async () => {
    const [first] = await rows(`/attempt/msg/${message}`);
    const path = `/app/owner/msg/${message}/attempt/${String(first?.['id'])}`;
    expect(await server.call({ path })).toMatchObject({
      status: 200,
      body: { id: first?.['id'], responseStatusCode: 0 },
    });
    const other = await server.call({
      path: '/app/owner/msg',
      body: { eventType: 'z', payload: {}, channels: ['none'] },
    });
    const wrong = `/app/owner/msg/${String(other.body['id'])}/attempt/${String(first?.['id'])}`;
    expect((await server.call({ path: wrong })).status).toBe(404);
  });

  it('show where a message stands with each of its endpoints', async () => {
    expect(await rows('/msg/event-1/endpoint')).toMatchObject([
      { id: good, uid: 'good', status: 0, statusText: 'success' },
      { id: bad, uid: 'bad', status: 2, statusText: 'fail' },
    ]);
    expect((await rows('/msg/event-1/endpoint'))[0]).not.toHaveProperty('metadata');
    const page = await server.call({ path: '/app/owner/msg/event-1/endpoint?limit=1' });
    expect(page.body).toMatchObject({ data: [{ id: good }], done: false });
    const next = await server.call({
      path: `/app/owner/msg/event-1/endpoint?iterator=${String(page.body['iterator'])}`,
    });
    expect(next.body).toMatchObject({ data: [{ id: bad }], done: true });
    const back = await server.call({
      path: `/app/owner/msg/event-1/endpoint?iterator=${String(next.body['prevIterator'])}`,
    });
    expect(back.body).toMatchObject({ data: [{ id: good }], done: true });
  });

  it('send a message again, and show the new delivery in place of the old one', async () => {
    expect((await rows('/endpoint/bad/msg?tag=t'))[0]).toMatchObject({ id: message, status: 2, payload: { n: 1 } });
    const resend = { method: 'POST', path: `/app/owner/msg/${message}/endpoint/bad/resend` };
    expect(await server.call(resend)).toMatchObject({ status: 202, body: {} });
    const after = await rows('/endpoint/bad/msg?tag=t&with_content=false');
    expect(after).toMatchObject([{ id: message, status: 1, statusText: 'pending', payload: {} }]);
    expect(after[0]?.['nextAttempt']).toEqual(expect.any(String));
    expect(await rows('/endpoint/bad/msg?tag=t&status=2')).toEqual([]);
    await deliverAll(server, () => ({ next: { status: 'delivered' } }));
    expect((await rows(`/attempt/msg/${message}?endpoint_id=bad`))[0]).toMatchObject({ status: 0, triggerType: 1 });
    expect((await rows('/msg/event-1/endpoint')).map(({ status }) => status)).toEqual([0, 0]);
  });

  it('refuse to send to a disabled endpoint', async () => {
    await server.call({ method: 'PATCH', path: '/app/owner/endpoint/bad', body: { disabled: true } });
    const resend = { method: 'POST', path: `/app/owner/msg/${message}/endpoint/bad/resend` };
    expect(await server.call(resend)).toMatchObject({ status: 409, body: { code: 'endpoint_disabled' } });
  });

  it('show a canceled delivery as 4 to those who know the number, and as 0 to others', async () => {
    const doomed = await endpoint('doomed');
    await server.call({ path: '/app/owner/msg', body: { eventType: 'a.c', payload: {} } });
    const { storage } = server.watched;
    const [delivery] = (
      await storage.listDeliveries({
        environmentId: defaultEnvironmentId,
        filter: { endpointId: doomed },
        page: { limit: 1, order: 'descending' },
      })
    ).items;
    if (delivery === undefined) throw new Error('There must be a delivery.');
    await deliverAll(server, () => ({ next: { status: 'cancelled', reason: 'requested' } }));
    expect(await rows('/endpoint/doomed/msg')).toMatchObject([{ status: 0 }]);
    expect(await rows('/endpoint/doomed/msg?expanded_statuses=true')).toMatchObject([
      { status: 4, statusText: 'canceled' },
    ]);
  });
});

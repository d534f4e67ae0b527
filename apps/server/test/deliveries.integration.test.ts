import type { AttemptErrorKind, ClaimedDelivery, DeliveryTransition } from '@postrider/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachStorage, type StoredServer } from './support/each-storage.js';

type Row = Record<string, unknown>;

interface Ending {
  readonly next: DeliveryTransition;
  readonly statusCode: number;
  readonly errorKind?: AttemptErrorKind;
}

const endings: Readonly<Record<string, Ending>> = {
  'ok.done': { next: { status: 'delivered' }, statusCode: 204 },
  'gone.done': { next: { status: 'dead_letter', reason: 'endpoint_gone' }, statusCode: 410 },
  'down.done': { next: { status: 'dead_letter', reason: 'exhausted' }, statusCode: 503 },
  'slow.done': { next: { status: 'dead_letter', reason: 'exhausted' }, statusCode: 0, errorKind: 'timeout' },
};

describe.each(eachStorage)('searching deliveries and dead letters, on $name', ({ start }) => {
  let server: StoredServer;
  let since: string;

  const record = async ({ delivery, message }: ClaimedDelivery) => {
    const { next, statusCode, errorKind } = endings[message.eventType] as Ending;
    const { id: deliveryId, environmentId, applicationId, messageId, endpointId, leaseToken, trigger } = delivery;
    const at = server.clock.now();
    const subject = { environmentId, applicationId, messageId, endpointId, deliveryId };
    const answer = { url: 'https://a.example/', responseStatusCode: statusCode, responseBody: '', errorKind };
    const outcome = statusCode === 204 ? ('succeeded' as const) : ('failed' as const);
    const id = `atmpt_${deliveryId.slice(4)}`;
    const attempt = { id, ...subject, ...answer, number: 1, trigger, outcome, durationMs: 5, startedAt: at };
    const lease = { applicationId, messageId, deliveryId, leaseToken };
    const { eventType } = message;
    await server.storage.recordOutcomes({
      outcomes: [{ lease, environmentId, endpointId, eventType, attempt, next }],
      recordedAt: at,
    });
  };
  const find = async (path: string) => {
    const { status, body } = await server.call({ path });
    expect({ path, status }).toEqual({ path, status: 200 });
    return (body['data'] as Row[]).map(({ eventType }) => String(eventType).split('.')[0]).join(' ');
  };

  beforeAll(async () => {
    server = await start();
    since = new Date(server.clock.nowMs() - 1_000).toISOString();
    await server.call({ path: '/app', body: { name: 'Owner', uid: 'owner' } });
    await server.call({ path: '/app/owner/endpoint', body: { url: 'https://hooks.example.com/', uid: 'all' } });
    for (const eventType of Object.keys(endings)) {
      const body = `{"eventType":"${eventType}","payload":{\n "n" : 1.0 }}`;
      expect(await server.call({ method: 'POST', path: '/app/owner/msg', body })).toMatchObject({ status: 202 });
      await server.clock.advance(1_000);
    }
    const leaseUntil = new Date(server.clock.nowMs() + 60_000);
    const limits = { limit: 10, perEndpointLimit: 10 };
    const claimed = await server.storage.claimDue({ workerId: 'w', leaseUntil, now: server.clock.now(), ...limits });
    for (const each of claimed) await record(each);
    await server.call({ path: '/app/owner/msg', body: { eventType: 'waiting.now', payload: {} } });
  });
  afterAll(() => server.close());

  it('finds deliveries by every part, and shows what their last attempt came to', async () => {
    expect(await find('/deliveries')).toBe('waiting slow down gone ok');
    expect(await find('/deliveries?status=delivered')).toBe('ok');
    expect(await find('/deliveries?status_code_class=200')).toBe('ok');
    expect(await find('/deliveries?status_code_class=500')).toBe('down');
    expect(await find('/deliveries?status_code_class=0')).toBe('slow');
    expect(await find('/deliveries?error_kind=timeout&order=ascending')).toBe('slow');
    expect(await find('/deliveries?event_types=gone.done,waiting.now')).toBe('waiting gone');
    expect(await find('/deliveries?reason=exhausted')).toBe('slow down');
    expect(await find('/deliveries?status=dead_letter&status_code_class=400')).toBe('gone');
    const [slow] = (await server.call({ path: '/deliveries?error_kind=timeout' })).body['data'] as Row[];
    expect(slow).toMatchObject({ lastStatusCode: 0, lastError: 'timeout', attempts: 1 });
    for (const query of ['status_code_class=250', 'error_kind=bad_luck', 'reason=boredom']) {
      expect((await server.call({ path: `/deliveries?${query}` })).status).toBe(422);
    }
  });

  it('pages through dead letters, within the filter', async () => {
    expect(await find('/dead-letters/list')).toBe('slow down gone');
    const first = (await server.call({ path: '/dead-letters/list?limit=1&reason=exhausted' })).body;
    expect(first).toMatchObject({ data: [{ eventType: 'slow.done' }], done: false });
    const iterator = encodeURIComponent(String(first['iterator']));
    expect(await find(`/dead-letters/list?limit=1&reason=exhausted&iterator=${iterator}`)).toBe('down');
    expect((await server.call({ path: `/dead-letters/list?iterator=${iterator}` })).status).toBe(422);
  });

  it('exports dead letters line by line with their messages', async () => {
    const accept = { accept: 'application/x-ndjson' };
    const answer = await server.call({ path: '/dead-letters/export?status_code_class=500', headers: accept });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-ndjson' } });
    expect(answer.text).toContain('"payload":{  "n" : 1.0 }}}\n');
    const all = (await server.call({ path: '/dead-letters/export?with_content=false' })).text.trimEnd().split('\n');
    const lines = all.map((line) => JSON.parse(line) as Row);
    expect(lines).toMatchObject([
      { eventType: 'gone.done', reason: 'endpoint_gone', message: { eventType: 'gone.done', payload: {} } },
      { eventType: 'down.done', lastStatusCode: 503 },
      { eventType: 'slow.done', lastError: 'timeout' },
    ]);
    expect((await server.call({ path: '/dead-letters/export?reason=internal' })).text).toBe('');
  });

  it('tells what a replay would send, and starts nothing', async () => {
    const tryOut = (path: string, body: Row) => server.call({ method: 'POST', path: `${path}?dry_run=true`, body });
    const plan = await tryOut('/dead-letters/replay', { since, reason: 'exhausted' });
    expect(plan).toMatchObject({ status: 200, body: { wouldReplay: 2, complete: true, endpoints: [{ count: 2 }] } });
    expect((await tryOut('/dead-letters/replay', { since })).body).toMatchObject({ wouldReplay: 3, scanned: 3 });
    const endpoint = '/app/owner/endpoint/all';
    expect((await tryOut(`${endpoint}/recover`, { since })).body).toMatchObject({ wouldReplay: 3 });
    const failed = { since, statusCodeClass: 500 };
    expect((await tryOut(`${endpoint}/bulk-replay`, failed)).body).toMatchObject({ wouldReplay: 1 });
    expect((await tryOut(`${endpoint}/replay-missing`, { since })).body).toMatchObject({ wouldReplay: 0 });
    expect(await tryOut('/dead-letters/replay', {})).toMatchObject({ status: 422 });
    expect((await server.call({ path: '/tasks' })).body['data']).toEqual([]);
    expect(await find('/deliveries?status=pending')).toBe('waiting');
    const started = await server.call({ method: 'POST', path: '/dead-letters/replay', body: { since } });
    expect(started).toMatchObject({ status: 202, body: { type: 'dead-letter.replay', state: 'waiting' } });
  });
});

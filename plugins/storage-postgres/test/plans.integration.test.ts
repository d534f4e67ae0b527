import type { DeliveryFilter, PageRequest, Storage } from '@postrider/core';
import { requireService } from '@postrider/test-support';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { withSql } from './support/sql-client.js';
import { startAt, TestStorages } from './support/test-storages.js';
import { Traffic } from './support/traffic.js';

const postgres = requireService('postgres', import.meta.url);
const rows = 50_000;
/** Tables with rows in them; partitions of other days are empty, and read from end to end for nothing. */
const filled =
  /Seq Scan on (messages_p20260101|deliveries_p20260101|attempts_p20260101|pending_deliveries|ordered_deliveries|line_changes|event_ids|idempotency_keys|rollups)/;
const page: PageRequest = { limit: 50, order: 'descending' };

interface Captured {
  readonly text: string;
  readonly values: unknown[];
}

describe.skipIf(!postgres.available)(`with ${rows} rows, analysed, on the server's own planner settings`, () => {
  const storages = new TestStorages();
  const traffic = new Traffic();
  const endpointIds = traffic.endpointIds(100);
  const endpointId = endpointIds[50] ?? '';
  const { environmentId, applicationId } = traffic;
  const window = { before: new Date(startAt.getTime() + 60_000), after: new Date(startAt.getTime() - 60_000) };
  const [ordered = ''] = traffic.endpointIds(1);
  let held = '';
  let heldMessage = '';
  let storage: Storage;
  let leased: Awaited<ReturnType<typeof traffic.claim>>;

  beforeAll(async () => {
    storage = await storages.create();
    // The first delivery of each line was put off, the second is held.
    await fillLines();
    const firsts = await traffic.claim(storage, { limit: 500, perEndpointLimit: 500 });
    await storage.releaseLeases({ leases: firsts.map((each) => traffic.success(each).lease), dueAt: window.before });
    const expiresAt = new Date(startAt.getTime() + 60_000);
    for (let from = 0; from < rows; from += 1_000) {
      const entries = Array.from({ length: 1_000 }, (_, index) =>
        traffic.entry([endpointIds[(from + index) % 100] ?? ''], {
          eventId: `event-${from + index}`,
          idempotency: { key: `key-${from + index}`, bodyHash: 'hash', expiresAt },
        }),
      );
      await storage.appendMessages({ entries, now: startAt });
    }
    for (let recorded = 0; recorded < rows / 2; recorded += 1_000) {
      const claimed = await traffic.claim(storage, { limit: 1_000, perEndpointLimit: 1_000 });
      await storage.recordOutcomes({ outcomes: claimed.map((each) => traffic.success(each)), recordedAt: startAt });
    }
    leased = await traffic.claim(storage, { limit: 600, perEndpointLimit: 1_000 });
    const last = await fillLines();
    held = last?.deliveries[0]?.id ?? '';
    heldMessage = last?.message.id ?? '';
    await withSql(storages.optionsOf(storage), (client) => client.query('ANALYZE'));
  }, 120_000);
  afterAll(async () => {
    await storage.close();
    await storages.drop();
  });

  /** Runs the method, and explains what it asked the server. */
  async function plansOf(method: () => Promise<unknown>): Promise<string[]> {
    const captured: Captured[] = [];
    const query = vi.spyOn(pg.Client.prototype, 'query');
    await method();
    for (const [config, values] of query.mock.calls as unknown as [Captured | string, unknown[] | undefined][]) {
      const text = typeof config === 'string' ? config : config.text;
      if (!/^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)/.test(text)) continue;
      captured.push({ text, values: (typeof config === 'string' ? values : config.values) ?? [] });
    }
    query.mockRestore();
    return withSql(storages.optionsOf(storage), async (client) => {
      const plans: string[] = [];
      for (const { text, values } of captured) {
        const answer = await client.query<{ 'QUERY PLAN': string }>({ text: `EXPLAIN ${text}`, values });
        plans.push(answer.rows.map((row) => row['QUERY PLAN']).join('\n'));
      }
      return plans;
    });
  }

  const oneMessage = () => leased[0]?.message.id ?? '';
  const oneDelivery = () => leased[0]?.delivery.id ?? '';
  const lists = (filter: DeliveryFilter) => () => storage.listDeliveries({ environmentId, filter, page });
  const attempts = (filter: Parameters<Storage['listAttempts']>[0]['filter']) => () =>
    storage.listAttempts({ environmentId, applicationId, filter, page });
  const messages = (filter: Parameters<Storage['listMessages']>[0]['filter']) => () =>
    storage.listMessages({ environmentId, applicationId, filter, withPayload: true, page });
  const fillLines = async () => {
    const entries = Array.from({ length: 3_000 }, (_, line) => toLine(`line-${line}`));
    for (let from = 0; from < entries.length; from += 1_000) {
      await storage.appendMessages({ entries: entries.slice(from, from + 1_000), now: startAt });
    }
    return entries.at(-1);
  };
  const toLine = (key: string) => traffic.entry([ordered], { ordering: { key, onFailure: 'block' } });
  const ofHeld = () => ({ environmentId, applicationId, messageId: heldMessage, deliveryId: held });
  const some = (from: number) => leased.slice(from, from + 200);
  const leases = (from: number) => some(from).map((each) => traffic.success(each).lease);

  const methods: [string, () => Promise<unknown>][] = [
    ['appendMessages', () => storage.appendMessages({ entries: [traffic.entry([endpointId])], now: startAt })],
    [
      'appendMessages, guarded',
      () =>
        storage.appendMessages({
          entries: [
            traffic.entry([], {
              eventId: 'event-7',
              idempotency: { key: 'key-7', bodyHash: 'other', expiresAt: startAt },
            }),
            traffic.entry([], { eventId: 'event-8' }),
          ],
          now: startAt,
        }),
    ],
    ['claimDue', () => traffic.claim(storage, { limit: 200, perEndpointLimit: 1_000 })],
    [
      'recordOutcomes',
      () =>
        storage.recordOutcomes({
          outcomes: some(0).map((each) => traffic.success(each)),
          endpointStates: [{ applicationId, endpointId }],
          recordedAt: startAt,
        }),
    ],
    ['renewLeases', () => storage.renewLeases({ leases: leases(200), leaseUntil: startAt })],
    ['releaseLeases', () => storage.releaseLeases({ leases: leases(400), dueAt: startAt })],
    ['reapExpired', () => storage.reapExpired({ now: startAt, limit: 100, nextAttemptId: () => traffic.id('atmpt_') })],
    ['getMessage', () => storage.getMessage({ environmentId, applicationId, message: { id: oneMessage() } })],
    ['getMessage by event id', () => storage.getMessage({ environmentId, applicationId, message: { uid: 'event-9' } })],
    ['getDelivery', () => storage.getDelivery({ environmentId, deliveryId: oneDelivery() })],
    [
      'getAttempt',
      () => storage.getAttempt({ environmentId, applicationId, messageId: oneMessage(), attemptId: 'atmpt_' }),
    ],
    [
      'appendDelivery',
      () =>
        storage.appendDelivery({
          environmentId,
          applicationId,
          messageId: oneMessage(),
          delivery: { id: traffic.id('dlv_'), endpointId, trigger: 'manual', dueAt: startAt },
          now: startAt,
        }),
    ],
    [
      'expediteDelivery',
      () =>
        storage.expediteDelivery({
          environmentId,
          applicationId,
          messageId: oneMessage(),
          deliveryId: oneDelivery(),
          dueAt: startAt,
        }),
    ],
    ['appendMessages, in lines', () => storage.appendMessages({ entries: [toLine('line-7')], now: startAt })],
    [
      'claimDue, behind changes of lines',
      async () => {
        await storage.appendMessages({ entries: [toLine('line-8'), toLine('new-line')], now: startAt });
        await traffic.claim(storage, { limit: 200, perEndpointLimit: 1_000 });
      },
    ],
    ['findFirstInLine', () => storage.findFirstInLine(ofHeld())],
    ['expediteDelivery of one that is held', () => storage.expediteDelivery({ ...ofHeld(), dueAt: startAt })],
    [
      'cancelDelivery of one that is held',
      () => storage.cancelDelivery({ ...ofHeld(), attemptId: traffic.id('atmpt_'), cancelledAt: startAt }),
    ],
    ['listMessages', messages({})],
    ['listMessages of a window', messages({ ...window, eventTypes: ['invoice.paid'] })],
    ['listDeliveries', lists({})],
    ['listDeliveries of a window', lists(window)],
    ['listDeliveries of an endpoint', lists({ endpointId, applicationId })],
    ['listDeliveries of a message', () => lists({ messageId: oneMessage() })()],
    ['listDeliveries, dead letters', lists({ statuses: ['dead_letter'] })],
    ['listDeliveries by class of status code', lists({ statusCodeClass: 5 })],
    ['listDeliveries without a response, of a window', lists({ statusCodeClass: 0, ...window })],
    ['listDeliveries by kind of error', lists({ errorKind: 'timeout' })],
    ['listDeliveries of an event type', lists({ eventTypes: ['invoice.paid'] })],
    ['listAttempts', attempts({})],
    ['listAttempts of an endpoint', attempts({ endpointId, statusCodeClass: 5, outcomes: ['failed'], ...window })],
    ['listAttempts of a message', () => attempts({ messageId: oneMessage() })()],
    ['countDeliveries of an endpoint', () => storage.countDeliveries({ environmentId, filter: { endpointId } })],
    [
      'countDeliveries of a message',
      () => storage.countDeliveries({ environmentId, filter: { messageId: oneMessage() } }),
    ],
    ['readRollups', () => storage.readRollups({ environmentId, from: window.after, to: window.before, endpointId })],
    [
      'readSummaries',
      () => storage.readSummaries({ environmentId, from: window.after, to: window.before, endpointId }),
    ],
    ['applyRetention', () => storage.applyRetention({ messagesBefore: startAt, rollupsBefore: startAt, now: startAt })],
  ];

  it.each([
    ['deliveries_status_code', { statusCodeClass: 5 }],
    ['deliveries_error_kind', { errorKind: 'timeout' }],
  ] as const)('a search uses the index %s', async (index, filter) => {
    const [plan] = await plansOf(lists(filter));
    // The indexes of partitions are named after their columns.
    const columns = index === 'deliveries_status_code' ? 'environment_id_expr_id' : 'environment_id_last_error_kind_id';
    expect(plan).toContain(columns);
  });

  it.each(methods)('%s reads no table from end to end', async (_, method) => {
    const plans = await plansOf(method);

    expect(plans).not.toEqual([]);
    for (const plan of plans) expect(plan).not.toMatch(filled);
  });
});

/**
 * How long a list of 50 attempts or deliveries takes, by filter, in tables with so many rows and in small ones that have
 * about a page for each filter, in turn. Every row is a message with its delivery and attempt; one in five failed for good.
 *
 *   node bench/micro/lists.ts sqlite 20000
 *   node bench/micro/lists.ts postgres 5000000
 */
import {
  createIdGenerator,
  systemClock,
  systemRandom,
  type AttemptFilter,
  type DeliveryFilter,
  type Storage,
} from '@postrider/core';
import { median, quantile } from '../src/statistics.ts';
import { openStorage } from '../src/systems/open-storage.ts';

const [name = 'sqlite', wantedRows = '20000'] = process.argv.slice(2);
if (name !== 'sqlite' && name !== 'postgres') throw new Error(`The storage is ${name}; there are sqlite and postgres.`);

const runs = 200;
const fewRows = 2_500;
const batchRows = 1_000;
const limit = 50;
const eventTypes = 5;
const endpoints = 4;
const shareOfFailures = 0.2;
const owner = { environmentId: 'env_1', applicationId: 'app_bench' };
const ids = createIdGenerator({ clock: systemClock, random: systemRandom });
const halfway = new Date();

/** What the API can be asked for. */
const attemptFilters: Readonly<Record<string, AttemptFilter>> = {
  endpoint: { endpointId: 'ep_0' },
  'endpoint, failed': { endpointId: 'ep_0', outcomes: ['failed'] },
  'endpoint, 5xx': { endpointId: 'ep_0', statusCodeClass: 5 },
  'endpoint, event type': { endpointId: 'ep_0', eventTypes: ['bench.event.0'] },
  'endpoint, before': { endpointId: 'ep_0', before: new Date(halfway.getTime() + 86_400_000) },
};
const deliveryFilters: Readonly<Record<string, DeliveryFilter>> = {
  all: {},
  application: { applicationId: owner.applicationId },
  endpoint: { endpointId: 'ep_0' },
  'dead letters': { statuses: ['dead_letter'] },
  'dead letters, reason': { statuses: ['dead_letter'], reason: 'exhausted' },
  'event type': { eventTypes: ['bench.event.1'] },
  '5xx': { statusCodeClass: 5 },
  timeouts: { errorKind: 'timeout' },
  after: { after: new Date(halfway.getTime() - 86_400_000) },
};

const page = { limit, order: 'descending' } as const;
type List = (storage: Storage) => Promise<{ readonly items: readonly unknown[] }>;
const lists: readonly (readonly [string, List])[] = [
  ...Object.entries(attemptFilters).map(
    ([filterName, filter]) =>
      [`attempts: ${filterName}`, (storage: Storage) => storage.listAttempts({ ...owner, filter, page })] as const,
  ),
  ...Object.entries(deliveryFilters).map(([filterName, filter]) => {
    const { environmentId } = owner;
    return [
      `deliveries: ${filterName}`,
      (storage: Storage) => storage.listDeliveries({ environmentId, filter, page }),
    ] as const;
  }),
];

async function fill(storage: Storage, rows: number): Promise<void> {
  for (let from = 0; from < rows; from += batchRows) {
    const now = systemClock.now();
    const entries = Array.from({ length: Math.min(batchRows, rows - from) }, (_, n) => {
      // Not in step with the endpoints, so that each endpoint has each type and each end.
      const eventType = `bench.event.${Math.floor(n / endpoints) % eventTypes}`;
      const message = { id: ids.next('msg_'), ...owner, createdAt: now, eventType, payload: '{}' };
      const delivery = {
        id: ids.next('dlv_'),
        endpointId: `ep_${n % endpoints}`,
        trigger: 'scheduled' as const,
        dueAt: now,
      };
      return { message, deliveries: [delivery] };
    });
    await storage.appendMessages({ entries, now });
    const lease = { workerId: 'bench', leaseUntil: new Date(now.getTime() + 60_000), now };
    const claimed = await storage.claimDue({ ...lease, limit: entries.length, perEndpointLimit: entries.length });
    const outcomes = claimed.map(({ delivery, message }) => {
      const { applicationId, messageId, endpointId, leaseToken, trigger, id: deliveryId } = delivery;
      const common = { id: ids.next('atmpt_'), ...owner, messageId, endpointId, deliveryId, number: 1, trigger };
      const attempt = {
        ...common,
        url: 'https://receiver.example/hook',
        responseBody: '',
        durationMs: 5,
        startedAt: now,
      };
      const { eventType } = message;
      const row = { lease: { applicationId, messageId, deliveryId, leaseToken }, ...owner, endpointId, eventType };
      return systemRandom.next() >= shareOfFailures
        ? {
            ...row,
            attempt: { ...attempt, outcome: 'succeeded' as const, responseStatusCode: 200 },
            next: { status: 'delivered' as const },
          }
        : {
            ...row,
            attempt: {
              ...attempt,
              outcome: 'failed' as const,
              ...(systemRandom.next() < 0.5
                ? { responseStatusCode: 503 }
                : { responseStatusCode: 0, errorKind: 'timeout' as const }),
            },
            next: { status: 'dead_letter' as const, reason: 'exhausted' as const },
          };
    });
    await storage.recordOutcomes({ outcomes, recordedAt: now });
  }
}

const few = await openStorage(name);
const many = await openStorage(name);
try {
  await fill(few.storage, fewRows);
  await fill(many.storage, Number(wantedRows));
  const table: Record<string, Record<string, number>> = {};
  for (const [listName, list] of lists) {
    const samples = { few: [] as number[], many: [] as number[] };
    for (let run = 0; run < runs; run += 1) {
      for (const [key, { storage }] of [
        ['few', few],
        ['many', many],
      ] as const) {
        const startedAt = performance.now();
        await list(storage);
        samples[key].push(performance.now() - startedAt);
      }
    }
    const round = (ms: number): number => Number(ms.toFixed(2));
    const sorted = samples.many.toSorted((a, b) => a - b);
    table[listName] = {
      [`median ms, ${String(fewRows)} rows`]: round(median(samples.few)),
      'median ms': round(median(samples.many)),
      'p99 ms': round(quantile(sorted, 0.99)),
      ratio: round(median(samples.many) / median(samples.few)),
      items: (await list(many.storage)).items.length,
    };
  }
  console.log(`${name}, ${wantedRows} rows, ${String(limit)} items each (goals: p99 ≤ 20 ms on PostgreSQL, ratio ≤ 2)`);
  console.table(table);
} finally {
  await few.remove();
  await many.remove();
}

import { createIdGenerator, systemClock, systemRandom, type AppendEntry, type Storage } from '@postrider/core';
import type { Measurement, ScenarioContext } from '../run/context.ts';
import { openStorage, type StorageName } from '../systems/open-storage.ts';
import type { Scenario } from './scenario.ts';

const batchSize = 200;
const fillBatchSize = 1_000;
const environmentId = 'env_1';
const owner = { environmentId, applicationId: 'app_bench' };
const eventType = 'bench.event';
const payload = `{"filler":"${'x'.repeat(440)}"}`;
/** Endpoints that the deliveries go to in turn. */
const endpoints = 20;
const leaseMs = 60_000;

export const growth: Scenario = {
  name: 'growth',
  title: 'Growth: full tables and empty ones',
  about:
    'What the storage takes for a batch of 200 (appended, claimed, recorded as delivered), in turn with a storage that is empty but for these batches. Every row is a message with its delivery and attempt. PostgreSQL vacuums after each step, as it does by itself where autovacuum is on.',
  columns: [
    { metric: 'ratio', label: '÷ empty', digits: 2 },
    { metric: 'appendMs', label: 'append ms', digits: 1 },
    { metric: 'claimMs', label: 'claim ms', digits: 1 },
    { metric: 'recordMs', label: 'record ms', digits: 1 },
  ],
  async run(context) {
    for (const { name } of context.choose(['sqlite', 'postgres'])) {
      try {
        await measure(context, name as StorageName);
      } catch (error) {
        context.fail(name, error);
      }
    }
  },
};

async function measure(context: ScenarioContext, name: StorageName): Promise<void> {
  const empty = await openStorage(name);
  try {
    const full = await openStorage(name);
    try {
      const ids = createIdGenerator({ clock: systemClock, random: systemRandom });
      let rows = 0;
      for (const wanted of context.scale.growthRows) {
        for (; rows < wanted; rows += fillBatchSize) await turnOver(full.storage, { ids, count: fillBatchSize });
        await full.maintain();
        for (let batch = 0; batch < context.scale.growthBatches; batch += 1) {
          const baseline = await turnOver(empty.storage, { ids, count: batchSize });
          const measured = await turnOver(full.storage, { ids, count: batchSize });
          const sum = ({ appendMs = 0, claimMs = 0 }: Measurement) => appendMs + claimMs;
          context.record(`${name}, ${wanted} rows`, { ...measured, ratio: sum(measured) / sum(baseline) });
        }
      }
    } finally {
      await full.remove();
    }
  } finally {
    await empty.remove();
  }
}

/** A batch from its birth to its end, with what each part took. */
async function turnOver(
  storage: Storage,
  { ids, count }: { ids: { next(prefix: string): string }; count: number },
): Promise<Measurement> {
  const now = systemClock.now();
  const lease = { workerId: 'bench', leaseUntil: new Date(now.getTime() + leaseMs), now };
  const startedMs = performance.now();
  await storage.appendMessages({ entries: Array.from({ length: count }, (_, n) => newEntry(ids, now, n)), now });
  const appendedMs = performance.now();
  const claimed = await storage.claimDue({ ...lease, limit: count, perEndpointLimit: count });
  const claimedMs = performance.now();
  const outcomes = claimed.map(({ delivery, message }) => {
    const { applicationId, messageId, endpointId, leaseToken, trigger } = delivery;
    const attempt = { id: ids.next('atmpt_'), environmentId, applicationId, messageId, endpointId };
    const request = { deliveryId: delivery.id, number: 1, trigger, url: 'https://receiver.example/hook' };
    const response = { outcome: 'succeeded' as const, responseStatusCode: 200, responseBody: '', durationMs: 5 };
    return {
      lease: { applicationId, messageId, deliveryId: delivery.id, leaseToken },
      environmentId,
      endpointId,
      eventType: message.eventType,
      attempt: { ...attempt, ...request, ...response, startedAt: now },
      next: { status: 'delivered' as const },
    };
  });
  await storage.recordOutcomes({ outcomes, recordedAt: now });
  if (claimed.length < count) throw new Error(`Of ${count} due deliveries ${claimed.length} were claimed.`);
  return {
    appendMs: appendedMs - startedMs,
    claimMs: claimedMs - appendedMs,
    recordMs: performance.now() - claimedMs,
  };
}

function newEntry(ids: { next(prefix: string): string }, now: Date, n: number): AppendEntry {
  const message = { id: ids.next('msg_'), ...owner, createdAt: now, eventType, payload };
  const endpointId = `ep_bench_${n % endpoints}`;
  return { message, deliveries: [{ id: ids.next('dlv_'), endpointId, trigger: 'scheduled' as const, dueAt: now }] };
}

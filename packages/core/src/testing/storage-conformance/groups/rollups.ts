import assert from 'node:assert/strict';
import type { Attempt } from '../../../domain/attempt.js';
import type { ClaimedDelivery, DeliveryTransition } from '../../../ports/delivery-store.js';
import type { EndedBeside } from '../../../ports/store-results.js';
import type { Storage } from '../../../ports/storage.js';
import { durationAccuracy, durationBin, durationQuantileMs } from '../../../rollup/duration-histogram.js';
import type { Rollup } from '../../../rollup/rollup.js';
import { createSeededRandom } from '../../seeded-random.js';
import { assertSame, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeEndpoints, type Tenant } from '../fixtures.js';
import { at } from '../instants.js';
import { claim, leaseOf, newAttempt, outcomeOf, publishMany } from '../publishing.js';
import { mergeRollups } from '../rollup-sums.js';
import type { StorageWorld } from '../storage-world.js';

type Filter = Partial<Parameters<Storage['readRollups']>[0]>;

async function read({ world, environmentId }: Tenant, filter: Filter = {}): Promise<readonly Rollup[]> {
  return world.storage.readRollups({ environmentId, from: at(-86_400), to: at(86_400), ...filter });
}

/** The sum over all writers of what must be one subject. */
async function readSum(tenant: Tenant, filter: Filter = {}): Promise<Rollup> {
  const rollups = await read(tenant, filter);
  const subjects = rollups.map(({ bucketAt, endpointId, eventType }) =>
    [bucketAt.toISOString(), endpointId, eventType].join(' '),
  );
  assert.ok(new Set(subjects).size <= 1, `expected rollups of one subject, found ${subjects.join(', ')}`);
  return present(mergeRollups(rollups), 'a rollup');
}

const sumsOf = ({ writerId: _writerId, bucketAt: _bucketAt, ...sums }: Rollup) => sums;

/** Leases `count` deliveries of one endpoint. */
async function storeLeased(tenant: Tenant, params: { endpointId: string; count: number; eventType?: string }) {
  const { endpointId, count, eventType = 'invoice.paid' } = params;
  const each = { endpointIds: [endpointId], message: { eventType } };
  await publishMany(
    tenant,
    Array.from({ length: count }, () => each),
  );
  return claim(tenant, { now: at(0), limit: count, perEndpointLimit: 10_000 });
}

async function storeTenant(world: StorageWorld) {
  const tenant = await createTenant(world);
  const [endpointId, otherEndpointId] = (await storeEndpoints(tenant, 2)) as [string, string];
  return { tenant, endpointId, otherEndpointId };
}

const failed = (given: Partial<Attempt> = {}): Partial<Attempt> => ({
  outcome: 'failed',
  responseStatusCode: 500,
  ...given,
});

const retry: DeliveryTransition = { status: 'pending', dueAt: at(0) };
const delivered: DeliveryTransition = { status: 'delivered' };

function record(params: {
  tenant: Tenant;
  claimed: ClaimedDelivery;
  next: DeliveryTransition;
  given?: Partial<Attempt>;
  seconds?: number;
  storage?: Storage;
}) {
  const { tenant, claimed, next, given, seconds = 1, storage = tenant.world.storage } = params;
  const attempt = given && newAttempt(tenant, claimed, given);
  return storage.recordOutcomes({ outcomes: [outcomeOf(claimed, next, attempt)], recordedAt: at(seconds) });
}

/** Rollups: sums over batches, fenced rows left out, quantiles within the accuracy of the histogram. */
export const rollupsGroup: ConformanceGroup = {
  name: 'rollups',
  storage: 'fresh',
  cases: [
    {
      name: 'recorded outcomes add up, over batches, under the minute in which they were recorded',
      run: async (world) => {
        const { tenant, endpointId } = await storeTenant(world);
        const { environmentId, applicationId } = tenant;
        const claimed = await storeLeased(tenant, { endpointId, count: 6 });
        const [a, b, c, d, e, f] = claimed as [Claimed, Claimed, Claimed, Claimed, Claimed, Claimed];
        const common = { tenant, seconds: 125 };
        await record({ ...common, claimed: a, next: delivered, given: { durationMs: 40 } });
        const withB = outcomeOf(b, retry, newAttempt(tenant, b, failed({ durationMs: 5, responseStatusCode: 503 })));
        const timedOut = failed({ durationMs: 20_000, responseStatusCode: 0, errorKind: 'timeout', number: 4 });
        const withC = outcomeOf(c, { status: 'dead_letter', reason: 'exhausted' }, newAttempt(tenant, c, timedOut));
        await world.storage.recordOutcomes({ outcomes: [withB, withC], recordedAt: at(179.999) });
        await record({ ...common, claimed: d, next: { status: 'cancelled', reason: 'requested' } });
        await record({ ...common, claimed: e, next: { status: 'pending', dueAt: at(900) } });
        await record({ ...common, claimed: f, next: delivered, given: { durationMs: 40 } });
        const sum = await readSum(tenant);
        assertSame(sum.bucketAt, at(120));
        assertSame(sumsOf(sum), {
          ...{ environmentId, applicationId, endpointId, eventType: 'invoice.paid' },
          ...{ attempts: 4, failedAttempts: 2, retries: 1, maxAttemptNumber: 4 },
          ...{ delivered: 2, deadLettered: 1, cancelled: 1 },
          ...{ durationSumMs: 20_085, durationMinMs: 5, durationMaxMs: 20_000 },
          durations: { [durationBin(40)]: 2, [durationBin(5)]: 1, [durationBin(20_000)]: 1 },
          errors: { http_503: 1, timeout: 1 },
          events: {},
        });
      },
    },
    {
      name: 'each minute, endpoint and event type has rollups of its own, found by every filter',
      run: async (world) => {
        const { tenant, endpointId, otherEndpointId } = await storeTenant(world);
        const { applicationId } = tenant;
        for (const [subject, seconds] of [
          [{ endpointId, eventType: 'a' }, 30],
          [{ endpointId, eventType: 'a' }, 90],
          [{ endpointId, eventType: 'b' }, 90],
          [{ endpointId: otherEndpointId, eventType: 'a' }, 150],
        ] as const) {
          const [claimed] = await storeLeased(tenant, { ...subject, count: 1 });
          const next = delivered;
          await record({ tenant, claimed: present(claimed, 'delivery'), next, given: {}, seconds });
        }
        const found = async (filter: Filter) => {
          const rollups = await read(tenant, filter);
          return rollups.map((each) => `${each.eventType}${each.bucketAt.getUTCMinutes()}`).sort();
        };
        assert.deepEqual(await found({}), ['a0', 'a1', 'a2', 'b1']);
        assert.deepEqual(await found({ applicationId }), ['a0', 'a1', 'a2', 'b1']);
        assert.deepEqual(await found({ applicationId: world.id('app_') }), []);
        assert.deepEqual(await found({ endpointId }), ['a0', 'a1', 'b1']);
        assert.deepEqual(await found({ eventType: 'a' }), ['a0', 'a1', 'a2']);
        assert.deepEqual(await found({ endpointId, eventType: 'b' }), ['b1']);
        assert.deepEqual(await found({ from: at(60) }), ['a1', 'a2', 'b1']);
        assert.deepEqual(await found({ to: at(120) }), ['a0', 'a1', 'b1']);
        assert.deepEqual(await found({ from: at(60), to: at(120) }), ['a1', 'b1']);
      },
    },
    {
      name: 'going back to an earlier minute adds to it',
      run: async (world) => {
        const { tenant, endpointId } = await storeTenant(world);
        const claimed = await storeLeased(tenant, { endpointId, count: 3 });
        for (const [index, seconds] of [30, 90, 40].entries()) {
          await record({ tenant, claimed: claimed[index] as Claimed, next: delivered, given: {}, seconds });
        }
        assert.equal((await readSum(tenant, { to: at(60) })).attempts, 2);
        assert.equal((await readSum(tenant, { from: at(60) })).attempts, 1);
      },
    },
    {
      name: 'fenced outcomes do not count',
      run: async (world) => {
        const { tenant, endpointId } = await storeTenant(world);
        const [stale, held] = (await storeLeased(tenant, { endpointId, count: 2 })) as [Claimed, Claimed];
        await world.storage.releaseLeases({ leases: [leaseOf(stale)], dueAt: at(900) });
        const outcomes = [stale, held].map((each) => outcomeOf(each, delivered, newAttempt(tenant, each)));
        const { fenced } = await world.storage.recordOutcomes({ outcomes, recordedAt: at(1) });
        assertSame(fenced, [leaseOf(stale)]);
        await world.storage.recordOutcomes({ outcomes, recordedAt: at(2) });
        const { attempts, delivered: deliveries } = await readSum(tenant);
        assert.deepEqual({ attempts, deliveries }, { attempts: 1, deliveries: 1 });
      },
    },
    {
      name: 'a batch that is fenced altogether leaves no rollup, and neither does reaping',
      run: async (world) => {
        const { tenant, endpointId } = await storeTenant(world);
        const [claimed] = (await storeLeased(tenant, { endpointId, count: 1 })) as [Claimed];
        const nextAttemptId = () => world.id('atmpt_', at(900));
        await world.storage.reapExpired({ now: at(900), limit: 10, nextAttemptId });
        await record({ tenant, claimed, next: delivered, given: {} });
        assert.deepEqual(await read(tenant), []);
      },
    },
    {
      name: 'what ends with its endpoint counts, by event type, in the minute in which that happened',
      run: async (world) => {
        const { tenant, endpointId, otherEndpointId } = await storeTenant(world);
        const { environmentId, applicationId } = tenant;
        const publishFor = (endpointIds: readonly string[], eventType: string) => ({
          endpointIds,
          message: { eventType },
          dueAt: at(3600),
        });
        await storeLeased(tenant, { endpointId, count: 2 });
        await publishMany(tenant, [
          ...[publishFor([endpointId, otherEndpointId], 'a'), publishFor([endpointId], 'a')],
          publishFor([endpointId], 'b'),
        ]);
        const stored = await world.storage.getEndpoint({ environmentId, applicationId, endpoint: { id: endpointId } });
        const disabled = { disabled: true, disabledReason: 'failing', version: 2, updatedAt: at(125) } as const;
        const replaced = await world.storage.replaceEndpoint({
          endpoint: { ...present(stored, 'the endpoint'), ...disabled },
        });
        assert.deepEqual(endedOf(replaced), {
          [`${endpointId} a dead_letter endpoint_disabled`]: 2,
          [`${endpointId} b dead_letter endpoint_disabled`]: 1,
        });
        const sumOf = async (filter: Filter) => {
          const { bucketAt, deadLettered, cancelled, attempts } = await readSum(tenant, filter);
          return { bucketAt, deadLettered, cancelled, attempts };
        };
        const none = { attempts: 0, cancelled: 0, deadLettered: 0 };
        assertSame(await sumOf({ eventType: 'a' }), { ...none, bucketAt: at(120), deadLettered: 2 });
        assertSame(await sumOf({ eventType: 'b' }), { ...none, bucketAt: at(120), deadLettered: 1 });
        const path = { environmentId, applicationId };
        const deleted = await world.storage.deleteEndpoint({
          ...path,
          endpointId: otherEndpointId,
          deletedAt: at(200),
        });
        assert.deepEqual(endedOf(deleted), { [`${otherEndpointId} a cancelled endpoint_deleted`]: 1 });
        const ofOther = { endpointId: otherEndpointId };
        assertSame(await sumOf(ofOther), { ...none, bucketAt: at(180), cancelled: 1 });
        const removed = await world.storage.deleteApplication({ ...path, deletedAt: at(250) });
        assert.deepEqual(endedOf(removed), { [`${endpointId} invoice.paid cancelled endpoint_deleted`]: 2 });
        assertSame(await sumOf({ eventType: 'invoice.paid' }), { ...none, bucketAt: at(240), cancelled: 2 });
        assert.equal((await read(tenant, ofOther)).length, 1);
      },
    },
    {
      name: 'a long backlog that ends with its endpoint counts whole',
      run: async (world) => {
        const { tenant, endpointId } = await storeTenant(world);
        const { environmentId, applicationId } = tenant;
        const each = { endpointIds: [endpointId], dueAt: at(3600) };
        for (let batch = 0; batch < 5; batch += 1) {
          await publishMany(
            tenant,
            Array.from({ length: 500 }, () => each),
          );
        }
        const path = { environmentId, applicationId, endpointId };
        const deleted = await world.storage.deleteEndpoint({ ...path, deletedAt: at(10) });
        assert.deepEqual(Object.values(endedOf(deleted)), [2_500]);
        assert.equal((await readSum(tenant)).cancelled, 2_500);
      },
    },
    {
      name: 'parallel batches of one storage all count',
      run: async (world) => {
        const { tenant, endpointId } = await storeTenant(world);
        const claimed = await storeLeased(tenant, { endpointId, count: 40 });
        await Promise.all(claimed.map((each) => record({ tenant, claimed: each, next: delivered, given: {} })));
        const { attempts, delivered: deliveries, durationSumMs } = await readSum(tenant);
        assert.deepEqual({ attempts, deliveries, durationSumMs }, { attempts: 40, deliveries: 40, durationSumMs: 500 });
      },
    },
    {
      name: 'quantiles of the durations are within 1 % of the exact ones',
      run: async (world) => {
        const { tenant, endpointId } = await storeTenant(world);
        const claimed = await storeLeased(tenant, { endpointId, count: 200 });
        const random = createSeededRandom(7);
        const durations = claimed.map(() => Math.exp(random.next() * Math.log(20_000)));
        const outcomes = claimed.map((each, index) =>
          outcomeOf(each, delivered, newAttempt(tenant, each, { durationMs: durations[index] as number })),
        );
        for (let start = 0; start < 200; start += 50) {
          await world.storage.recordOutcomes({ outcomes: outcomes.slice(start, start + 50), recordedAt: at(1) });
        }
        const sum = await readSum(tenant);
        const sorted = durations.sort((a, b) => a - b);
        for (const quantile of [0, 0.5, 0.9, 0.99, 1]) {
          const exact = sorted[Math.floor(quantile * (sorted.length - 1))] as number;
          const estimate = present(durationQuantileMs(sum.durations, quantile), 'a quantile');
          assert.ok(
            Math.abs(estimate - exact) <= exact * (durationAccuracy + 1e-9),
            `quantile ${quantile}: ${estimate} ms, exactly ${exact} ms`,
          );
        }
        assert.equal(sum.durationMaxMs, sorted.at(-1));
        assert.equal(sum.durationMinMs, sorted[0]);
      },
    },
  ],
};

/** What a write says that it ended, summed up. */
function endedOf(result: { readonly outcome: string } | EndedBeside): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { endpointId, eventType, status, reason, count } of 'ended' in result ? result.ended : []) {
    const key = [endpointId, eventType, status, reason].join(' ');
    sums[key] = (sums[key] ?? 0) + count;
  }
  return sums;
}

type Claimed = ClaimedDelivery;

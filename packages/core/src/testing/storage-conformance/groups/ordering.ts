import assert from 'node:assert/strict';
import type { DeliveryTransition } from '../../../ports/delivery-store.js';
import type { DeliveryOrdering } from '../../../domain/ordering.js';
import { assertSame, assertSameMembers, present } from '../assertions.js';
import type { ConformanceCase, ConformanceGroup } from '../conformance-case.js';
import { createTenant, newEndpoint, storeEndpoint, storeEndpoints, type Tenant } from '../fixtures.js';
import { at, atDay, baseAt } from '../instants.js';
import { claim, claimOne, deliver, leaseOf, newAttempt, outcomeOf, prepare, publishMany } from '../publishing.js';

interface Line {
  readonly tenant: Tenant;
  readonly endpointId: string;
  /** In the order in which they stand. */
  readonly ids: readonly string[];
}

const blocking: DeliveryOrdering = { key: 'customer-1', onFailure: 'block' };
const continuing: DeliveryOrdering = { ...blocking, onFailure: 'continue' };

/** An endpoint whose deliveries stand in one line. */
async function storeLine(tenant: Tenant, ordering = blocking, length = 3): Promise<Line> {
  const { id: endpointId } = await storeEndpoint(tenant);
  return { tenant, endpointId, ids: await join(tenant, { endpointId, ordering, length }) };
}

async function join(
  tenant: Tenant,
  params: { endpointId: string; ordering: DeliveryOrdering; length?: number; createdAt?: Date },
): Promise<string[]> {
  const { endpointId, ordering, length = 1, createdAt = baseAt } = params;
  const entry = { endpointIds: [endpointId], ordering, createdAt };
  const published = await publishMany(
    tenant,
    Array.from({ length }, () => entry),
  );
  return published.flatMap(({ deliveries }) => deliveries.map(({ id }) => id));
}

async function claimedIds(tenant: Tenant, seconds: number): Promise<string[]> {
  const claimed = await claim(tenant, { now: at(seconds), leaseUntil: at(seconds + 60) });
  return claimed.map(({ delivery }) => delivery.id);
}

/** Claims exactly this delivery and records what comes next, with a failed attempt or without one. */
async function end(
  { tenant }: Line,
  params: { id: string | undefined; seconds: number; next: DeliveryTransition; withAttempt?: boolean },
): Promise<void> {
  const now = at(params.seconds);
  const [only, ...others] = await claim(tenant, { now });
  const claimed = present(only, 'the first of the line');
  assert.equal(claimed.delivery.id, params.id);
  assert.deepEqual(others, []);
  const failed = newAttempt(tenant, claimed, { outcome: 'failed', responseStatusCode: 500, startedAt: now });
  const attempt = params.withAttempt === false ? undefined : failed;
  const outcomes = [outcomeOf(claimed, params.next, attempt)];
  assert.deepEqual(await tenant.world.storage.recordOutcomes({ outcomes, recordedAt: now }), { fenced: [] });
}

async function pathOf(tenant: Tenant, deliveryId = '') {
  const { world, environmentId, applicationId } = tenant;
  const { messageId } = present(await world.storage.getDelivery({ environmentId, deliveryId }), 'a delivery');
  return { environmentId, applicationId, messageId, deliveryId };
}

async function cancel(tenant: Tenant, deliveryId: string | undefined, seconds: number): Promise<void> {
  const path = await pathOf(tenant, deliveryId);
  const attemptId = tenant.world.id('atmpt_', at(seconds));
  const result = await tenant.world.storage.cancelDelivery({ ...path, attemptId, cancelledAt: at(seconds) });
  assert.equal(result.outcome, 'cancelled');
}

async function firstBefore(tenant: Tenant, deliveryId: string | undefined): Promise<string | undefined> {
  return (await tenant.world.storage.findFirstInLine(await pathOf(tenant, deliveryId)))?.id;
}

async function countOf({ tenant, endpointId }: Line) {
  const { world, environmentId } = tenant;
  return world.storage.countDeliveries({ environmentId, filter: { endpointId } });
}

function assertMembers(actual: readonly string[], expected: readonly (string | undefined)[]): void {
  assertSameMembers(
    actual,
    expected.map((id) => present(id, 'an id')),
  );
}

const none = { pending: 0, in_flight: 0, delivered: 0, dead_letter: 0, cancelled: 0 };

const claiming: readonly ConformanceCase[] = [
  {
    name: 'of a line only the first is claimed, the next one when it was delivered, in the order of the batch',
    run: async (world) => {
      const tenant = await createTenant(world);
      const line = await storeLine(tenant);
      const later = await join(tenant, { endpointId: line.endpointId, ordering: blocking, createdAt: at(1) });
      for (const [index, id] of [...line.ids, ...later].entries()) {
        const [claimed, ...others] = await claim(tenant, { now: at(10 + index) });
        assert.equal(claimed?.delivery.id, id);
        assert.deepEqual(others, []);
        assert.deepEqual(await claim(tenant, { now: at(10 + index) }), []);
        await deliver(tenant, [present(claimed, 'a delivery')], at(10 + index));
      }
      assert.deepEqual(await claim(tenant, { now: at(100) }), []);
    },
  },
  {
    name: 'lines of other keys and endpoints, and deliveries in none, do not wait for it',
    run: async (world) => {
      const tenant = await createTenant(world);
      const line = await storeLine(tenant);
      const { endpointId } = line;
      const other = await storeLine(tenant);
      const [ofOtherKey] = await join(tenant, { endpointId, ordering: { ...blocking, key: '' }, length: 2 });
      const [inNone] = await publishMany(tenant, [{ endpointIds: [endpointId] }]);
      const free = [line.ids[0], other.ids[0], ofOtherKey, inNone?.deliveries[0]?.id];
      assertMembers(await claimedIds(tenant, 1), free);
    },
  },
  {
    name: 'one that fails blocks those behind it until it has ended, however that is',
    run: async (world) => {
      const line = await storeLine(await createTenant(world));
      const [first, second, third] = line.ids;
      await end(line, { id: first, seconds: 1, next: { status: 'pending', dueAt: at(100) } });
      assert.deepEqual(await claimedIds(line.tenant, 50), []);
      await end(line, { id: first, seconds: 100, next: { status: 'dead_letter', reason: 'exhausted' } });
      await end(line, { id: second, seconds: 101, next: { status: 'cancelled', reason: 'requested' } });
      assert.deepEqual(await claimedIds(line.tenant, 102), [third]);
    },
  },
  {
    name: 'where the line continues, the next one goes when the first attempt is recorded, and not when none was made',
    run: async (world) => {
      const line = await storeLine(await createTenant(world), continuing);
      const [first, second, third] = line.ids;
      await end(line, { id: first, seconds: 1, next: { status: 'pending', dueAt: at(5) }, withAttempt: false });
      assert.deepEqual(await claimedIds(line.tenant, 2), []);
      await end(line, { id: first, seconds: 5, next: { status: 'pending', dueAt: at(100) } });
      await end(line, { id: second, seconds: 6, next: { status: 'pending', dueAt: at(7) } });
      assertMembers(await claimedIds(line.tenant, 100), [first, second, third]);
    },
  },
  {
    name: 'a lease that is given back or reaped leaves the first where it stands',
    run: async (world) => {
      for (const ordering of [blocking, continuing]) {
        const { tenant, ids } = await storeLine(await createTenant(world), ordering);
        const claimed = await claimOne(tenant, { now: at(1) });
        await tenant.world.storage.releaseLeases({ leases: [leaseOf(claimed)], dueAt: at(2) });
        await claimOne(tenant, { now: at(2), leaseUntil: at(10) });
        const nextAttemptId = (): string => world.id('atmpt_', at(11));
        await tenant.world.storage.reapExpired({ now: at(11), limit: 10, nextAttemptId });
        assert.deepEqual(await claimedIds(tenant, 12), [ids[0]]);
      }
    },
  },
];

const interventions: readonly ConformanceCase[] = [
  {
    name: 'cancelling the first lets the next one go, cancelling one that is held lets nobody go',
    run: async (world) => {
      const tenant = await createTenant(world);
      const { ids } = await storeLine(tenant, blocking, 5);
      await cancel(tenant, ids[1], 1);
      assert.deepEqual(await claimedIds(tenant, 2), [ids[0]]);
      await cancel(tenant, ids[0], 3);
      await cancel(tenant, ids[2], 3);
      assert.deepEqual(await claimedIds(tenant, 4), [ids[3]]);
      await cancel(tenant, ids[3], 5);
      assert.deepEqual(await claimedIds(tenant, 6), [ids[4]]);
    },
  },
  {
    name: 'one that is held stays so when it is made due; what it waits for is told',
    run: async (world) => {
      const tenant = await createTenant(world);
      const { ids } = await storeLine(tenant);
      const [first, second] = ids;
      const path = await pathOf(tenant, second);
      assert.equal(await world.storage.expediteDelivery({ ...path, dueAt: at(5) }), true);
      assert.deepEqual((await world.storage.getDelivery(path))?.dueAt, at(5));
      assert.deepEqual(await claimedIds(tenant, 6), [first]);
      assert.equal(await firstBefore(tenant, second), first);
      assert.equal(await firstBefore(tenant, first), undefined);
      assert.equal(await world.storage.findFirstInLine({ ...path, environmentId: 'env_other' }), undefined);
      await cancel(tenant, first, 7);
      assert.deepEqual(await claimedIds(tenant, 8), [second]);
      assert.equal(await firstBefore(tenant, second), undefined);
      assert.equal(await firstBefore(tenant, ids[2]), second);
    },
  },
  {
    name: 'a replay stands in no line',
    run: async (world) => {
      const tenant = await createTenant(world);
      const { endpointId, ids } = await storeLine(tenant);
      const path = await pathOf(tenant, ids[1]);
      const replay = {
        id: world.id('dlv_'),
        endpointId,
        trigger: 'manual',
        dueAt: baseAt,
        ordering: blocking,
      } as const;
      await world.storage.appendDelivery({ ...path, delivery: replay, now: baseAt });
      assertMembers(await claimedIds(tenant, 1), [ids[0], replay.id]);
    },
  },
  {
    name: 'disabling the endpoint ends the whole line but for what is in flight, behind which new ones stand',
    run: async (world) => {
      const tenant = await createTenant(world);
      const line = await storeLine(tenant);
      const inFlight = await claimOne(tenant, { now: at(1) });
      const change = { id: line.endpointId, updatedAt: at(2) };
      const disabled = newEndpoint(tenant, { ...change, version: 2, disabled: true, disabledReason: 'manual' });
      await world.storage.replaceEndpoint({ endpoint: disabled });
      assert.deepEqual(await countOf(line), { ...none, in_flight: 1, dead_letter: 2 });
      await world.storage.replaceEndpoint({ endpoint: newEndpoint(tenant, { ...change, version: 3 }) });
      const [next] = await join(tenant, { endpointId: line.endpointId, ordering: blocking, createdAt: at(3) });
      assert.deepEqual(await claim(tenant, { now: at(4) }), []);
      await deliver(tenant, [inFlight], at(5));
      assert.deepEqual(await claimedIds(tenant, 6), [next]);
    },
  },
  {
    name: 'deleting the endpoint or the application cancels the whole line',
    run: async (world) => {
      const tenant = await createTenant(world);
      const { environmentId, applicationId } = tenant;
      const [lost, left] = [await storeLine(tenant), await storeLine(tenant)];
      const path = { environmentId, applicationId, deletedAt: at(1) };
      await world.storage.deleteEndpoint({ ...path, endpointId: lost.endpointId });
      assert.deepEqual(await countOf(lost), { ...none, cancelled: 3 });
      await claimOne(tenant, { now: at(1) });
      await world.storage.deleteApplication(path);
      assert.deepEqual(await countOf(left), { ...none, cancelled: 3 });
      assertSame(await world.storage.measureQueue({ now: at(2) }), { pending: 0, due: 0, inFlight: 0, backlogs: [] });
    },
  },
  {
    name: 'those that are held count as pending, not as due, and keep their old message',
    run: async (world) => {
      const tenant = await createTenant(world);
      const { ids } = await storeLine(tenant);
      await claimOne(tenant, { now: at(1), leaseUntil: atDay(400) });
      assertSame(await world.storage.measureQueue({ now: at(2) }), { pending: 2, due: 0, inFlight: 1, backlogs: [] });
      const retention = { messagesBefore: atDay(300), rollupsBefore: at(0), now: atDay(365) };
      assert.equal((await world.storage.applyRetention(retention)).messages, 0);
      await cancel(tenant, ids[0], 3);
      assert.deepEqual(await claimedIds(tenant, 4), [ids[1]]);
      assert.equal(await firstBefore(tenant, ids[2]), ids[1]);
    },
  },
  {
    name: 'an entry that loses takes no place',
    run: async (world) => {
      const tenant = await createTenant(world);
      const { endpointId, ids } = await storeLine(tenant, blocking, 1);
      const entry = { endpointIds: [endpointId], ordering: blocking, message: { eventId: 'event-1' } };
      const entries = [prepare(tenant, entry)];
      assert.equal((await world.storage.appendMessages({ entries, now: baseAt }))[0]?.outcome, 'appended');
      const again = await world.storage.appendMessages({ entries: [prepare(tenant, entry)], now: baseAt });
      assert.equal(again[0]?.outcome, 'event_id_taken');
      const [last] = await join(tenant, { endpointId, ordering: blocking });
      for (const id of [ids[0], entries[0]?.deliveries[0]?.id, last]) {
        const claimed = await claimOne(tenant, { now: at(1) });
        assert.equal(claimed.delivery.id, id);
        await deliver(tenant, [claimed], at(1));
      }
    },
  },
  {
    name: 'a long line that is held costs the claims of others nothing they would notice',
    run: async (world) => {
      const tenant = await createTenant(world);
      const line = await storeLine(tenant, blocking, 1_000);
      await end(line, { id: line.ids[0], seconds: 1, next: { status: 'pending', dueAt: at(1000) } });
      const endpointIds = await storeEndpoints(tenant, 20);
      await publishMany(tenant, [{ endpointIds }]);
      const claimed = await claim(tenant, { now: at(2), limit: 20 });
      assertSameMembers(
        claimed.map(({ delivery }) => delivery.endpointId),
        endpointIds,
      );
    },
  },
];

/** Lines: deliveries that keep their order, whoever claims and whatever happens to those before them. */
export const orderingGroup: ConformanceGroup = {
  name: 'ordering',
  storage: 'fresh',
  cases: [...claiming, ...interventions],
};

import assert from 'node:assert/strict';
import type { DeliveryTransition } from '../../../ports/delivery-store.js';
import { assertSame, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeEndpoint, storeEndpoints, type Tenant } from '../fixtures.js';
import { at } from '../instants.js';
import { claim, claimOne, leaseOf, newAttempt, outcomeOf, publish, readDelivery } from '../publishing.js';

const endings: readonly DeliveryTransition[] = [
  { status: 'delivered' },
  ...(
    ['exhausted', 'endpoint_disabled', 'endpoint_gone', 'blocked_address', 'payload_too_large', 'internal'] as const
  ).map((reason) => ({ status: 'dead_letter' as const, reason })),
  ...(['endpoint_deleted', 'requested'] as const).map((reason) => ({ status: 'cancelled' as const, reason })),
];

const nameOf = (next: DeliveryTransition) => ('reason' in next ? `${next.status}(${next.reason})` : next.status);

async function storeLeased(tenant: Tenant) {
  await publish(tenant, { endpointIds: await storeEndpoints(tenant, 1) });
  return claimOne(tenant, { now: at(1) });
}

async function stateOf({ world, applicationId }: Tenant, endpointId: string) {
  const routes = await world.storage.loadRoutes({ applicationId });
  return routes?.endpoints.find(({ endpoint }) => endpoint.id === endpointId)?.state;
}

/** Outcomes: every transition, finality, attempts, endpoint states, expediting. */
export const outcomesGroup: ConformanceGroup = {
  name: 'outcomes',
  storage: 'fresh',
  cases: [
    ...endings.map((next) => ({
      name: `${nameOf(next)} ends a delivery, and is final`,
      run: async (world: Tenant['world']) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const claimed = await storeLeased(tenant);
        const { delivery } = claimed;
        const attempt = newAttempt(tenant, claimed, { startedAt: at(1) });
        const outcomes = [outcomeOf(claimed, next, attempt)];
        assertSame(await world.storage.recordOutcomes({ outcomes, recordedAt: at(3) }), { fenced: [] });

        const { leaseUntil: _leaseUntil, workerId: _workerId, ...rest } = delivery;
        const counted = { attemptCount: 1, firstAttemptAt: at(1), lastStatusCode: 200 };
        const ended = { ...rest, ...next, ...counted, endedAt: at(3) };
        assertSame(await readDelivery(tenant, delivery.id), ended);

        const again = outcomeOf(claimed, { status: 'pending', dueAt: at(5) }, newAttempt(tenant, claimed));
        const fenced = await world.storage.recordOutcomes({ outcomes: [again], recordedAt: at(4) });
        assertSame(fenced, { fenced: [leaseOf(claimed)] });
        await world.storage.releaseLeases({ leases: [leaseOf(claimed)], dueAt: at(5) });
        const renewal = await world.storage.renewLeases({ leases: [leaseOf(claimed)], leaseUntil: at(900) });
        assert.equal(renewal.lost.length, 1);
        const nextAttemptId = () => world.id('atmpt_', at(1000));
        assert.deepEqual(await world.storage.reapExpired({ now: at(1000), limit: 10, nextAttemptId }), { reaped: 0 });
        const { messageId, id: deliveryId } = delivery;
        const where = { environmentId, applicationId, messageId, deliveryId };
        assert.equal(await world.storage.expediteDelivery({ ...where, dueAt: at(5) }), false);
        assert.equal((await claim(tenant, { now: at(1000) })).length, 0);
        assertSame(await readDelivery(tenant, delivery.id), ended);
      },
    })),
    {
      name: 'pending puts a delivery back until its dueAt, with the attempt counted',
      run: async (world) => {
        const tenant = await createTenant(world);
        await publish(tenant, { endpointIds: await storeEndpoints(tenant, 1) });
        for (let number = 1; number <= 3; number += 1) {
          const claimed = await claimOne(tenant, { now: at(number * 10) });
          const startedAt = at(number * 10 + 1);
          const attempt = newAttempt(tenant, claimed, { outcome: 'failed', responseStatusCode: 503, startedAt });
          const next = { status: 'pending', dueAt: at(number * 10 + 10) } as const;
          const outcomes = [outcomeOf(claimed, next, attempt)];
          await world.storage.recordOutcomes({ outcomes, recordedAt: at(number * 10 + 2) });
          const { leaseUntil: _leaseUntil, workerId: _workerId, ...rest } = claimed.delivery;
          const counted = { attemptCount: number, firstAttemptAt: at(11), lastStatusCode: 503 };
          const expected = { ...rest, ...next, ...counted };
          assertSame(await readDelivery(tenant, claimed.delivery.id), expected);
        }
      },
    },
    {
      name: 'an outcome without an attempt changes the state alone',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const claimed = await storeLeased(tenant);
        const outcomes = [outcomeOf(claimed, { status: 'pending', dueAt: at(60) })];
        await world.storage.recordOutcomes({ outcomes, recordedAt: at(2) });
        const { status, attemptCount, firstAttemptAt } = await readDelivery(tenant, claimed.delivery.id);
        assertSame({ status, attemptCount, firstAttemptAt }, { status: 'pending', attemptCount: 0 });
        const page = { limit: 10, order: 'ascending' } as const;
        const attempts = await world.storage.listAttempts({ environmentId, applicationId, filter: {}, page });
        assert.deepEqual(attempts.items, []);
      },
    },
    {
      name: 'a recorded attempt is read back with every member',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        for (const given of [
          { responseStatusCode: 204, responseBody: '', durationMs: 0.25 },
          { outcome: 'failed', responseStatusCode: 500, responseBody: 'Ошибка ☕ "x"\n\t\\', durationMs: 20_000 },
          { outcome: 'failed', responseStatusCode: 0, responseBody: '', errorKind: 'connect_timeout' },
        ] as const) {
          const claimed = await storeLeased(tenant);
          const attempt = newAttempt(tenant, claimed, { ...given, startedAt: at(1.234) });
          const outcomes = [outcomeOf(claimed, { status: 'delivered' }, attempt)];
          await world.storage.recordOutcomes({ outcomes, recordedAt: at(2) });
          const { messageId } = attempt;
          const where = { environmentId, applicationId, messageId, attemptId: attempt.id };
          assertSame(await world.storage.getAttempt(where), attempt);
        }
      },
    },
    {
      name: 'a batch records what is held and reports the rest',
      run: async (world) => {
        const tenant = await createTenant(world);
        await publish(tenant, { endpointIds: await storeEndpoints(tenant, 3) });
        const claimed = await claim(tenant, { now: at(1) });
        const lost = present(claimed[1], 'a claimed delivery');
        await world.storage.releaseLeases({ leases: [leaseOf(lost)], dueAt: at(600) });
        const outcomes = claimed.map((each) => outcomeOf(each, { status: 'delivered' }, newAttempt(tenant, each)));
        const { fenced } = await world.storage.recordOutcomes({ outcomes, recordedAt: at(2) });
        assertSame(fenced, [leaseOf(lost)]);
        const statuses = [];
        for (const { delivery } of claimed) statuses.push((await readDelivery(tenant, delivery.id)).status);
        assert.deepEqual(statuses, ['delivered', 'pending', 'delivered']);
      },
    },
    {
      name: 'a batch of nothing is fenced nowhere',
      run: async ({ storage }) =>
        assertSame(await storage.recordOutcomes({ outcomes: [], recordedAt: at(1) }), { fenced: [] }),
    },
    {
      name: 'of parallel records of one lease exactly one counts',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const claimed = await storeLeased(tenant);
        const results = await Promise.all(
          Array.from({ length: 10 }, () => {
            const outcomes = [outcomeOf(claimed, { status: 'delivered' }, newAttempt(tenant, claimed))];
            return world.storage.recordOutcomes({ outcomes, recordedAt: at(2) });
          }),
        );
        assert.equal(results.filter(({ fenced }) => fenced.length === 0).length, 1);
        const page = { limit: 250, order: 'ascending' } as const;
        const attempts = await world.storage.listAttempts({ environmentId, applicationId, filter: {}, page });
        assert.equal(attempts.items.length, 1);
      },
    },
    {
      name: 'endpoint states replace what is stored, fenced outcomes beside them or not',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { applicationId } = tenant;
        const claimed = await storeLeased(tenant);
        const { endpointId } = claimed.delivery;
        const record = (more: { pausedUntil?: Date; generation?: number }, leaseToken: number) => {
          const outcome = outcomeOf(claimed, { status: 'pending', dueAt: at(60) });
          return world.storage.recordOutcomes({
            outcomes: [{ ...outcome, lease: { ...outcome.lease, leaseToken } }],
            endpointStates: [{ applicationId, endpointId, ...more }],
            recordedAt: at(2),
          });
        };
        assertSame(await stateOf(tenant, endpointId), { applicationId, endpointId });
        await record({ pausedUntil: at(30) }, 1);
        assertSame(await stateOf(tenant, endpointId), { applicationId, endpointId, pausedUntil: at(30) });
        await record({ pausedUntil: at(40) }, 99);
        assertSame(await stateOf(tenant, endpointId), { applicationId, endpointId, pausedUntil: at(40) });
        await record({ generation: 1 }, 99);
        assertSame(await stateOf(tenant, endpointId), { applicationId, endpointId, generation: 1 });
      },
    },
    {
      name: 'who knows less of an endpoint cannot undo what others decided',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { applicationId } = tenant;
        const { id: endpointId } = await storeEndpoint(tenant);
        const base = { applicationId, endpointId };
        type Given = { readonly generation?: number; readonly pausedUntil?: Date; readonly learned?: string };
        const becomes = async (given: readonly Given[], expected: Given): Promise<void> => {
          const endpointStates = given.map((more) => ({ ...base, ...more }));
          await world.storage.recordOutcomes({ outcomes: [], endpointStates, recordedAt: at(1) });
          assertSame(await stateOf(tenant, endpointId), { ...base, ...expected });
        };
        const opened = { generation: 5, pausedUntil: at(50), learned: '"open"' };
        await becomes([opened], opened);
        await becomes([{ generation: 4, pausedUntil: at(90), learned: '"stale"' }], opened);
        await becomes([{ learned: '"stale"' }], opened);
        // Of one generation: the latest lesson, the longest pause.
        await becomes([{ generation: 5, learned: '"probed"' }], { ...opened, learned: '"probed"' });
        await becomes([{ ...opened, pausedUntil: at(40) }], opened);
        await becomes([{ ...opened, pausedUntil: at(60) }], { ...opened, pausedUntil: at(60) });
        const closed = { generation: 6, learned: '"closed"' };
        await becomes([closed, { generation: 5, pausedUntil: at(70) }], closed);
        await publish(tenant, { endpointIds: [endpointId] });
        assert.equal((await claim(tenant, { now: at(2) })).length, 1);
        await becomes([{ ...closed, pausedUntil: at(80) }, closed], { ...closed, pausedUntil: at(80) });
      },
    },
    {
      name: 'what was learned about an endpoint comes back as it was given, is replaced as a whole, and pauses nothing',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { applicationId } = tenant;
        const [endpoint, other] = [await storeEndpoint(tenant), await storeEndpoint(tenant)];
        const state = { applicationId, endpointId: endpoint.id };
        const record = (more: { pausedUntil?: Date; learned?: string }) =>
          world.storage.recordOutcomes({ outcomes: [], endpointStates: [{ ...state, ...more }], recordedAt: at(1) });
        // Spaces and the order of members are the document's own; the filling makes it as long as one may be.
        const learned = `{ "v": 1, "häkchen": "☕'\\"", "filling": "${'x'.repeat(4_000)}" }`;
        await record({ learned });
        assertSame(await stateOf(tenant, endpoint.id), { ...state, learned });
        assertSame(await stateOf(tenant, other.id), { applicationId, endpointId: other.id });
        await publish(tenant, { endpointIds: [endpoint.id] });
        assert.equal((await claim(tenant, { now: at(2) })).length, 1);
        await record({ learned: '{}', pausedUntil: at(30) });
        assertSame(await stateOf(tenant, endpoint.id), { ...state, learned: '{}', pausedUntil: at(30) });
        await record({ pausedUntil: at(30) });
        assertSame(await stateOf(tenant, endpoint.id), { ...state, pausedUntil: at(30) });
      },
    },
    {
      name: 'states of unknown endpoints are ignored, and survive changes of known ones',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { applicationId } = tenant;
        const stored = await storeEndpoint(tenant);
        const known = { applicationId, endpointId: stored.id, pausedUntil: at(30), learned: '{"v":1}' };
        const endpointStates = [{ applicationId, endpointId: world.id('ep_'), pausedUntil: at(30) }, known];
        await world.storage.recordOutcomes({ outcomes: [], endpointStates, recordedAt: at(1) });
        await world.storage.replaceEndpoint({ endpoint: { ...stored, description: 'changed', version: 2 } });
        assertSame(await stateOf(tenant, stored.id), known);
      },
    },
    {
      name: 'expediting makes a pending delivery due at dueAt, earlier or later, again and again',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const { message, deliveries } = await publish(tenant, {
          endpointIds: await storeEndpoints(tenant, 1),
          dueAt: at(3600),
        });
        const deliveryId = present(deliveries[0], 'delivery').id;
        const where = { environmentId, applicationId, messageId: message.id, deliveryId };
        for (const seconds of [50, 20, 20]) {
          assert.equal(await world.storage.expediteDelivery({ ...where, dueAt: at(seconds) }), true);
          assertSame((await readDelivery(tenant, deliveryId)).dueAt, at(seconds));
        }
        assert.equal((await claim(tenant, { now: at(19) })).length, 0);
        assert.equal((await claim(tenant, { now: at(20) })).length, 1);
        assert.equal(await world.storage.expediteDelivery({ ...where, dueAt: at(21) }), false);
        const unknown = { ...where, deliveryId: world.id('dlv_') };
        assert.equal(await world.storage.expediteDelivery({ ...unknown, dueAt: at(21) }), false);
      },
    },
  ],
};

import assert from 'node:assert/strict';
import { isPostriderError } from '../../../errors.js';
import type { Delivery } from '../../../domain/delivery.js';
import type { Storage, StorageCapabilities } from '../../../ports/storage.js';
import type { ClaimedDelivery } from '../../../ports/delivery-store.js';
import { assertSame, present } from '../assertions.js';
import type { ConformanceCase, ConformanceGroup } from '../conformance-case.js';
import { createTenant, newSecret, storeEndpoint, storeEndpoints } from '../fixtures.js';
import { at, baseAt } from '../instants.js';
import { claim, claimParams, newAttempt, outcomeOf, prepare, publish, publishMany } from '../publishing.js';
import { mergeRollups } from '../rollup-sums.js';

const severalInstances: readonly ConformanceCase[] = [
  {
    name: 'several instances may migrate at once, and see the same data',
    run: async (world) => {
      const { environmentId, applicationId } = await createTenant(world);
      const others = [await world.openAnother(), await world.openAnother(), await world.openAnother()];
      await Promise.all(others.map((other) => other.migrate({})));
      for (const other of others) {
        const application = await other.getApplication({ environmentId, application: { id: applicationId } });
        assert.equal(application?.id, applicationId);
      }
    },
  },
  {
    name: 'claimers of two instances never lease a delivery twice, and together lease them all',
    run: async (world) => {
      const tenant = await createTenant(world);
      const endpointIds = await storeEndpoints(tenant, 10);
      await publishMany(
        tenant,
        Array.from({ length: 20 }, () => ({ endpointIds })),
      );
      const other = await world.openAnother();
      await other.migrate({});
      const claimed: ClaimedDelivery[] = [];
      for (let round = 0; round < 50 && claimed.length < 200; round += 1) {
        const calls = [world.storage, other, world.storage, other].map((storage, index) =>
          storage.claimDue(claimParams({ now: at(1), limit: 9, workerId: `worker-${index}` })),
        );
        claimed.push(...(await Promise.all(calls)).flat());
      }
      assert.equal(claimed.length, 200);
      assert.equal(new Set(claimed.map(({ delivery }) => delivery.id)).size, 200);
    },
  },
  {
    name: 'of a line two instances never lease two at once, whoever appends and records meanwhile; all are delivered in order',
    run: async (world) => {
      const tenant = await createTenant(world);
      const endpointIds = await storeEndpoints(tenant, 3);
      const other = await world.openAnother();
      await other.migrate({});
      const storages = [world.storage, other];
      const ordering = { key: 'k', onFailure: 'block' } as const;
      const sent = new Map<string, string[]>();
      const underWay = new Set<string>();
      const work = async (storage: Storage, workerId: string): Promise<void> => {
        for (let round = 0; round < 30; round += 1) {
          const claimed = await storage.claimDue(claimParams({ now: at(1), limit: 2, workerId }));
          for (const { delivery } of claimed) {
            assert.ok(!underWay.has(delivery.endpointId), 'two of a line are in flight');
            underWay.add(delivery.endpointId);
            sent.set(delivery.endpointId, [...(sent.get(delivery.endpointId) ?? []), delivery.messageId]);
          }
          if (claimed.length === 0) continue;
          const outcomes = claimed.map((each) => outcomeOf(each, { status: 'delivered' }, newAttempt(tenant, each)));
          for (const { delivery } of claimed) underWay.delete(delivery.endpointId);
          await storage.recordOutcomes({ outcomes, recordedAt: at(1) });
        }
      };
      const published: string[] = [];
      const append = async (): Promise<void> => {
        for (let index = 0; index < 12; index += 1) {
          const entry = prepare(tenant, { endpointIds, ordering });
          await present(storages[index % 2], 'a storage').appendMessages({ entries: [entry], now: baseAt });
          published.push(entry.message.id);
        }
      };
      await Promise.all([append(), ...storages.map((storage, index) => work(storage, `worker-${index}`))]);
      for (let rest = 0; rest < 12; rest += 1) await work(world.storage, 'worker-0');
      for (const endpointId of endpointIds) assert.deepEqual(sent.get(endpointId), published);
    },
  },
  {
    name: 'of parallel appends under one key over two instances one makes the message',
    run: async (world) => {
      const tenant = await createTenant(world);
      const other = await world.openAnother();
      await other.migrate({});
      const idempotency = { key: 'k', bodyHash: 'h', expiresAt: at(60) };
      const calls = Array.from({ length: 30 }, (_, index) => {
        const entries = [{ ...prepare(tenant, { endpointIds: [] }), idempotency }];
        return (index % 2 ? other : world.storage).appendMessages({ entries, now: baseAt });
      });
      const outcomes = (await Promise.all(calls)).flat().map(({ outcome }) => outcome);
      assert.equal(outcomes.filter((outcome) => outcome === 'appended').length, 1);
      assert.equal(outcomes.filter((outcome) => outcome === 'replayed').length, 29);
    },
  },
  {
    name: 'a lease taken over by another instance fences the first',
    run: async (world) => {
      const tenant = await createTenant(world);
      const other = await world.openAnother();
      await other.migrate({});
      await publish(tenant, { endpointIds: await storeEndpoints(tenant, 1) });
      const [stale] = await claim(tenant, { now: at(1), leaseUntil: at(60) });
      const nextAttemptId = () => world.id('atmpt_', at(61));
      assert.deepEqual(await other.reapExpired({ now: at(61), limit: 10, nextAttemptId }), { reaped: 1 });
      const [current] = await other.claimDue(claimParams({ now: at(61), workerId: 'worker-2' }));
      const held = present(stale, 'the first lease');
      const outcomes = [outcomeOf(held, { status: 'delivered' }, newAttempt(tenant, held))];
      const { fenced } = await world.storage.recordOutcomes({ outcomes, recordedAt: at(62) });
      assert.equal(fenced.length, 1);
      const deliveryId = held.delivery.id;
      const stored = await world.storage.getDelivery({ environmentId: tenant.environmentId, deliveryId });
      assertSame(stored, current?.delivery);
    },
  },
  {
    name: 'of concurrent rotations over two instances exactly one wins',
    run: async (world) => {
      const tenant = await createTenant(world);
      const { environmentId, applicationId } = tenant;
      const other = await world.openAnother();
      await other.migrate({});
      const endpoint = await storeEndpoint(tenant);
      const where = { environmentId, applicationId, endpointId: endpoint.id };
      const expected = [newSecret(endpoint.id)];
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) => {
          const secrets = [newSecret(`n${index}`, { createdAt: at(1) })];
          return (index % 2 ? other : world.storage).replaceEndpointSecrets({ ...where, expected, secrets });
        }),
      );
      assert.equal(results.filter(({ outcome }) => outcome === 'replaced').length, 1);
    },
  },
];

const twoWriters: ConformanceCase = {
  name: 'the rollups of two writers on one subject merge by addition',
  run: async (world) => {
    const tenant = await createTenant(world);
    const { environmentId } = tenant;
    const endpointIds = await storeEndpoints(tenant, 1);
    await publishMany(
      tenant,
      Array.from({ length: 4 }, () => ({ endpointIds })),
    );
    const claimed = await claim(tenant, { now: at(0) });
    const record = (storage: typeof world.storage, each: ClaimedDelivery | undefined) => {
      const held = present(each, 'a delivery');
      const outcomes = [outcomeOf(held, { status: 'delivered' }, newAttempt(tenant, held))];
      return storage.recordOutcomes({ outcomes, recordedAt: at(30) });
    };
    await record(world.storage, claimed[0]);
    await record(world.storage, claimed[1]);
    if (!world.harness.capabilities.multiProcess) await world.storage.close();
    const other = await world.openAnother();
    await other.migrate({});
    await record(other, claimed[2]);
    await record(other, claimed[3]);
    const sum = mergeRollups(await other.readRollups({ environmentId, from: at(0), to: at(60) }));
    const { attempts, delivered, durationSumMs } = present(sum, 'the rollups');
    assert.deepEqual({ attempts, delivered, durationSumMs }, { attempts: 4, delivered: 4, durationSumMs: 50 });
  },
};

const oneInstance: ConformanceCase = {
  name: 'a second instance is refused with STORAGE_LOCKED while the first is open, and let in afterwards',
  run: async (world) => {
    const { environmentId, applicationId } = await createTenant(world);
    const other = await world.openAnother();
    await assert.rejects(other.migrate({}), (error) => isPostriderError(error, 'STORAGE_LOCKED'));
    await world.storage.close();
    const next = await world.openAnother();
    await next.migrate({});
    const application = await next.getApplication({ environmentId, application: { id: applicationId } });
    assert.equal(application?.id, applicationId);
  },
};

const durable: ConformanceCase = {
  name: 'what was acknowledged is there after closing and opening again',
  run: async (world) => {
    const tenant = await createTenant(world);
    const { environmentId, applicationId } = tenant;
    const published = await publish(tenant, { endpointIds: await storeEndpoints(tenant, 2) });
    const [first] = await claim(tenant, { now: at(1), limit: 1 });
    const held = present(first, 'a lease');
    const before = await world.storage.listDeliveries({ environmentId, filter: {}, page });
    await world.storage.close();
    const other = await world.openAnother();
    await other.migrate({});
    const message = { id: published.message.id };
    assertSame(await other.getMessage({ environmentId, applicationId, message }), published.message);
    const after = await other.listDeliveries({ environmentId, filter: {}, page });
    assertSame(after.items.map(withoutLeaseUntil), before.items.map(withoutLeaseUntil));
    const outcomes = [outcomeOf(held, { status: 'delivered' }, newAttempt(tenant, held))];
    assertSame(await other.recordOutcomes({ outcomes, recordedAt: at(2) }), { fenced: [] });
  },
};

const page = { limit: 250, order: 'ascending' } as const;

/** A store that only one process may use moves it when it is opened. */
function withoutLeaseUntil({ leaseUntil: _leaseUntil, ...delivery }: Delivery): Omit<Delivery, 'leaseUntil'> {
  return delivery;
}

const abandonedLeases: ConformanceCase = {
  name: 'leases of the process before have run out after opening again',
  run: async (world) => {
    const tenant = await createTenant(world);
    await publish(tenant, { endpointIds: await storeEndpoints(tenant, 2) });
    const claimed = await claim(tenant, { now: at(1), limit: 1 });
    await world.storage.close();
    const other = await world.openAnother();
    await other.migrate({});
    const reap = { now: at(2), limit: 10, nextAttemptId: () => world.id('atmpt_', at(2)) };
    assertSame(await other.reapExpired(reap), { reaped: claimed.length });
    await other.migrate({});
    const [held] = await other.claimDue({
      workerId: 'w',
      limit: 1,
      perEndpointLimit: 1,
      now: at(3),
      leaseUntil: at(60),
    });
    assertSame(present(held, 'a lease').delivery.status, 'in_flight');
    await other.migrate({});
    assertSame(await other.reapExpired({ ...reap, now: at(4) }), { reaped: 0 });
  },
};

/** What the capabilities promise, both ways: what is declared works, what is not is refused. */
export function instancesGroup({ durable: isDurable, multiProcess }: StorageCapabilities): ConformanceGroup {
  const needsNoData = !isDurable && !multiProcess;
  return {
    name: 'instances on the same data',
    storage: 'fresh',
    cases: [
      ...(multiProcess ? severalInstances : []),
      ...(isDurable && !multiProcess ? [oneInstance, abandonedLeases] : []),
      ...(isDurable ? [durable] : []),
      ...(needsNoData ? [] : [twoWriters]),
    ],
  };
}

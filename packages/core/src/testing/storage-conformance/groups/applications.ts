import assert from 'node:assert/strict';
import { assertSame, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, newApplication, storeApplication, storeEndpoint, storeEnvironment } from '../fixtures.js';
import { at } from '../instants.js';
import { claim, leaseOf, publish, readDelivery } from '../publishing.js';

/** Applications: every outcome of every method, races for a uid or a version, what deletion takes along. */
export const applicationsGroup: ConformanceGroup = {
  name: 'applications',
  storage: 'fresh',
  cases: [
    {
      name: 'an application is stored with every member',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const metadata = { plan: 'gold', 'ключ "1"': 'välue\n' };
        const full = newApplication(world, { environmentId, uid: 'customer-1', metadata, throttleRate: 50 });
        const bare = newApplication(world, { environmentId });
        for (const application of [full, bare]) {
          const result = await world.storage.createApplication({ application });
          assertSame(result, { outcome: 'created', record: application });
          const stored = await world.storage.getApplication({ environmentId, application: { id: application.id } });
          assertSame(stored, application);
        }
      },
    },
    {
      name: 'an application is found by its uid; a missing one is undefined',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const application = await storeApplication(world, { environmentId, uid: 'customer-2' });
        const get = (ref: { id: string } | { uid: string }) =>
          world.storage.getApplication({ environmentId, application: ref });
        assertSame(await get({ uid: 'customer-2' }), application);
        assert.equal(await get({ uid: 'customer-3' }), undefined);
        assert.equal(await get({ uid: application.id }), undefined);
        assert.equal(await get({ id: world.id('app_') }), undefined);
      },
    },
    {
      name: 'an application of a missing environment is parent_missing',
      run: async (world) => {
        const application = newApplication(world, { environmentId: world.id('env_') });
        assertSame(await world.storage.createApplication({ application }), { outcome: 'parent_missing' });
      },
    },
    {
      name: 'a uid is taken once in an environment, and free in another',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const first = await storeApplication(world, { environmentId, uid: 'same' });
        const second = newApplication(world, { environmentId, uid: 'same' });
        assertSame(await world.storage.createApplication({ application: second }), { outcome: 'uid_taken' });
        const byId = { environmentId, application: { id: second.id } };
        assert.equal(await world.storage.getApplication(byId), undefined);
        const byUid = { environmentId, application: { uid: 'same' } };
        assertSame(await world.storage.getApplication(byUid), first);

        const elsewhere = newApplication(world, { environmentId: await storeEnvironment(world), uid: 'same' });
        assert.equal((await world.storage.createApplication({ application: elsewhere })).outcome, 'created');
      },
    },
    {
      name: 'of concurrent creations with one uid exactly one wins',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const results = await Promise.all(
          Array.from({ length: 10 }, () =>
            world.storage.createApplication({ application: newApplication(world, { environmentId, uid: 'race' }) }),
          ),
        );
        const outcomes = results.map(({ outcome }) => outcome).sort();
        assert.deepEqual(outcomes, ['created', ...Array.from({ length: 9 }, () => 'uid_taken')]);
      },
    },
    {
      name: 'replacing writes every member but the ids and createdAt',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const stored = await storeApplication(world, {
          environmentId,
          uid: 'u',
          throttleRate: 5,
          metadata: { a: '1' },
        });
        const change = newApplication(world, {
          ...{ environmentId, id: stored.id, version: 2, name: 'New name', updatedAt: at(60) },
          ...{ createdAt: at(60), metadata: { b: '2' } },
        });
        const expected = { ...change, createdAt: stored.createdAt };
        const result = await world.storage.replaceApplication({ application: change });
        assertSame(result, { outcome: 'replaced', record: expected });
        const reread = await world.storage.getApplication({ environmentId, application: { id: stored.id } });
        assertSame(reread, expected);
        const byOldUid = await world.storage.getApplication({ environmentId, application: { uid: 'u' } });
        assert.equal(byOldUid, undefined);
      },
    },
    {
      name: 'replacing with another version than the next is version_mismatch and writes nothing',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const stored = await storeApplication(world, { environmentId });
        for (const version of [1, 3]) {
          const result = await world.storage.replaceApplication({ application: { ...stored, name: 'X', version } });
          assertSame(result, { outcome: 'version_mismatch' });
        }
        assertSame(await world.storage.getApplication({ environmentId, application: { id: stored.id } }), stored);
      },
    },
    {
      name: 'of concurrent replacements of one version exactly one wins',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const stored = await storeApplication(world, { environmentId });
        const results = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            world.storage.replaceApplication({ application: { ...stored, name: `n${index}`, version: 2 } }),
          ),
        );
        const winners = results.flatMap((result) => (result.outcome === 'replaced' ? [result.record] : []));
        assert.equal(winners.length, 1);
        const losers = results.filter(({ outcome }) => outcome === 'version_mismatch');
        assert.equal(losers.length, 9);
        assertSame(await world.storage.getApplication({ environmentId, application: { id: stored.id } }), winners[0]);
      },
    },
    {
      name: 'replacing with the uid of another application is uid_taken and writes nothing; its own uid is not taken',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        await storeApplication(world, { environmentId, uid: 'theirs' });
        const stored = await storeApplication(world, { environmentId, uid: 'mine' });
        const steal = { ...stored, uid: 'theirs', version: 2 };
        assertSame(await world.storage.replaceApplication({ application: steal }), { outcome: 'uid_taken' });
        assertSame(await world.storage.getApplication({ environmentId, application: { id: stored.id } }), stored);
        const keep = { ...stored, name: 'Renamed', version: 2 };
        assert.equal((await world.storage.replaceApplication({ application: keep })).outcome, 'replaced');
      },
    },
    {
      name: 'replacing a missing application is not_found',
      run: async (world) => {
        const application = newApplication(world, { environmentId: await storeEnvironment(world), version: 2 });
        assertSame(await world.storage.replaceApplication({ application }), { outcome: 'not_found' });
      },
    },
    {
      name: 'deleting removes the application and its endpoints and frees its uid; the second time is not_found',
      run: async (world) => {
        const { environmentId } = await createTenant(world);
        const { id: applicationId } = await storeApplication(world, { environmentId, uid: 'gone' });
        const endpoint = await storeEndpoint({ world, environmentId, applicationId });
        const remove = () => world.storage.deleteApplication({ environmentId, applicationId, deletedAt: at(60) });
        assertSame(await remove(), { outcome: 'deleted', ended: [] });
        assertSame(await remove(), { outcome: 'not_found' });
        const byId = { environmentId, application: { id: applicationId } };
        assert.equal(await world.storage.getApplication(byId), undefined);
        const endpointById = { environmentId, applicationId, endpoint: { id: endpoint.id } };
        assert.equal(await world.storage.getEndpoint(endpointById), undefined);
        assert.equal(await world.storage.loadRoutes({ applicationId }), undefined);
        const successor = newApplication(world, { environmentId, uid: 'gone' });
        assert.equal((await world.storage.createApplication({ application: successor })).outcome, 'created');
      },
    },
    {
      name: 'deleting cancels the unfinished deliveries, leased ones too, and keeps messages and ended deliveries',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const endpoint = await storeEndpoint(tenant);
        const lease = { workerId: 'worker-1', leaseUntil: at(60) };
        const waiting = await publish(tenant, { endpointIds: [endpoint.id], dueAt: at(3600) });
        const leased = await publish(tenant, { endpointIds: [endpoint.id], lease });
        const ended = await publish(tenant, { endpointIds: [endpoint.id] });
        const [claimed] = await claim(tenant, { now: at(1) });
        const held = present(claimed, 'the due delivery');
        const dead = { status: 'dead_letter', reason: 'exhausted' } as const;
        const outcome = { lease: leaseOf(held), environmentId, endpointId: endpoint.id, eventType: 'x', next: dead };
        await world.storage.recordOutcomes({ outcomes: [outcome], recordedAt: at(2) });

        await world.storage.deleteApplication({ environmentId, applicationId, deletedAt: at(5) });

        for (const { deliveries } of [waiting, leased]) {
          const { status, reason, endedAt } = await readDelivery(tenant, present(deliveries[0], 'delivery').id);
          assertSame({ status, reason, endedAt }, { status: 'cancelled', reason: 'endpoint_deleted', endedAt: at(5) });
        }
        const untouched = await readDelivery(tenant, present(ended.deliveries[0], 'delivery').id);
        assert.deepEqual([untouched.status, untouched.reason], ['dead_letter', 'exhausted']);
        const message = { id: waiting.message.id };
        assertSame(await world.storage.getMessage({ environmentId, applicationId, message }), waiting.message);
        const stale = {
          applicationId,
          messageId: leased.message.id,
          deliveryId: present(leased.deliveries[0], 'd').id,
        };
        const renewal = await world.storage.renewLeases({ leases: [{ ...stale, leaseToken: 1 }], leaseUntil: at(90) });
        assert.equal(renewal.lost.length, 1);
      },
    },
  ],
};

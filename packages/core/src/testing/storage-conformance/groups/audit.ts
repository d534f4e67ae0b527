import assert from 'node:assert/strict';
import type { AuditEntry } from '../../../domain/audit-entry.js';
import { assertSame, idsOf } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { storeEnvironment } from '../fixtures.js';
import { at, atDay } from '../instants.js';
import type { StorageWorld } from '../storage-world.js';

const page = { limit: 10, order: 'ascending' } as const;

function newEntry(world: StorageWorld, given: Partial<AuditEntry> & Pick<AuditEntry, 'environmentId'>): AuditEntry {
  const createdAt = given.createdAt ?? at(0);
  return {
    ...{ id: world.id('aud_', createdAt), actorId: 'pk_a', action: 'applications.create', target: { app_id: 'a' } },
    ...{ requestId: 'request-1', ip: '2001:db8::1', createdAt },
    ...given,
  };
}

/** The audit log: what is added stays as it is, can be searched, and goes when it is old. */
export const auditGroup: ConformanceGroup = {
  name: 'audit',
  storage: 'shared',
  cases: [
    {
      name: 'an entry is kept with every member, once, and never changed',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const before = { name: 'Büro ☕', list: [1, null, { deep: true }] };
        const full = newEntry(world, { environmentId, before, after: { name: 'b' } });
        const bare = newEntry(world, { environmentId, createdAt: at(1) });
        for (const entry of [full, bare, { ...full, action: 'forged' }]) await world.storage.appendAudit({ entry });
        const { items, hasMore } = await world.storage.listAudit({ environmentId, filter: {}, page });
        assertSame({ items, hasMore }, { items: [full, bare], hasMore: false });
      },
    },
    {
      name: 'it is listed in both orders, page by page, both ways',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const entries = [0, 1, 2, 3, 4].map((second) => newEntry(world, { environmentId, createdAt: at(second) }));
        for (const entry of entries) await world.storage.appendAudit({ entry });
        const ids = idsOf(entries);
        const list = async (given: object) => {
          const found = await world.storage.listAudit({ environmentId, filter: {}, page: { ...page, ...given } });
          return [...idsOf(found.items), found.hasMore];
        };
        assert.deepEqual(await list({ limit: 2 }), [ids[0], ids[1], true]);
        const [, second, third, fourth] = ids;
        const cursor = (key: string | undefined, direction: string) => ({ cursor: { key, direction }, limit: 2 });
        assert.deepEqual(await list(cursor(third, 'forward')), [ids[3], ids[4], false]);
        assert.deepEqual(await list(cursor(fourth, 'backward')), [second, third, true]);
        assert.deepEqual(await list({ limit: 2, order: 'descending' }), [ids[4], ids[3], true]);
      },
    },
    {
      name: 'it is filtered by actor, action and time, whose bounds are exclusive',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const mine = newEntry(world, { environmentId, createdAt: at(1), actorId: 'pk_mine' });
        const deleted = newEntry(world, { environmentId, createdAt: at(2), action: 'applications.delete' });
        const last = newEntry(world, { environmentId, createdAt: at(3) });
        for (const entry of [mine, deleted, last]) await world.storage.appendAudit({ entry });
        const find = async (filter: object) =>
          idsOf((await world.storage.listAudit({ environmentId, filter, page })).items);
        assert.deepEqual(await find({ actorId: 'pk_mine' }), [mine.id]);
        assert.deepEqual(await find({ action: 'applications.delete' }), [deleted.id]);
        assert.deepEqual(await find({ after: at(1), before: at(3) }), [deleted.id]);
        assert.deepEqual(await find({ actorId: 'pk_mine', action: 'applications.delete' }), []);
      },
    },
    {
      name: 'the entries of another environment are not shown',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        await world.storage.appendAudit({ entry: newEntry(world, { environmentId }) });
        const other = await storeEnvironment(world);
        const { items } = await world.storage.listAudit({ environmentId: other, filter: {}, page });
        assert.deepEqual(items, []);
      },
    },
    {
      name: 'retention removes old entries, and none when it is not told how old',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const old = newEntry(world, { environmentId, createdAt: atDay(100) });
        const recent = newEntry(world, { environmentId, createdAt: atDay(200) });
        for (const entry of [old, recent]) await world.storage.appendAudit({ entry });
        const kept = async () => idsOf((await world.storage.listAudit({ environmentId, filter: {}, page })).items);
        const before = atDay(-1);
        const retention = { messagesBefore: before, rollupsBefore: before, now: atDay(201) };
        await world.storage.applyRetention(retention);
        assert.deepEqual(await kept(), [old.id, recent.id]);
        await world.storage.applyRetention({ ...retention, auditBefore: atDay(200) });
        assert.deepEqual(await kept(), [recent.id]);
      },
    },
  ],
};

import assert from 'node:assert/strict';
import { assertSame, assertSameMembers } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { newEventType, storeEnvironment } from '../fixtures.js';
import { at } from '../instants.js';

/** Event types: every outcome of every method, archiving, names by exact text. */
export const eventTypesGroup: ConformanceGroup = {
  name: 'event types',
  storage: 'shared',
  cases: [
    {
      name: 'an event type is stored with every member',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const full = newEventType({
          environmentId,
          name: 'invoice.paid',
          description: 'Bezahlt ☕',
          deprecated: true,
          archived: true,
          schemas: { '1': { type: 'object', properties: { n: { const: null } }, required: ['n'] }, '2': true },
          featureFlags: ['beta'],
          groupName: 'invoice',
        });
        for (const eventType of [full, newEventType({ environmentId, name: 'bare' })]) {
          const result = await world.storage.createEventType({ eventType });
          assertSame(result, { outcome: 'created', record: eventType });
          const { name } = eventType;
          assertSame(await world.storage.getEventType({ environmentId, name }), eventType);
        }
      },
    },
    {
      name: 'an event type of a missing environment is parent_missing',
      run: async (world) => {
        const eventType = newEventType({ environmentId: world.id('env_'), name: 'a' });
        assertSame(await world.storage.createEventType({ eventType }), { outcome: 'parent_missing' });
      },
    },
    {
      name: 'a name is taken once in an environment, archived or not, and free in another',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const first = newEventType({ environmentId, name: 'same', archived: true });
        await world.storage.createEventType({ eventType: first });
        const second = newEventType({ environmentId, name: 'same', description: 'second' });
        assertSame(await world.storage.createEventType({ eventType: second }), { outcome: 'uid_taken' });
        assertSame(await world.storage.getEventType({ environmentId, name: 'same' }), first);
        const elsewhere = newEventType({ environmentId: await storeEnvironment(world), name: 'same' });
        assert.equal((await world.storage.createEventType({ eventType: elsewhere })).outcome, 'created');
      },
    },
    {
      name: 'names that differ in case are different',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        for (const name of ['Invoice', 'invoice']) {
          const result = await world.storage.createEventType({ eventType: newEventType({ environmentId, name }) });
          assert.equal(result.outcome, 'created');
        }
        assert.equal(await world.storage.getEventType({ environmentId, name: 'INVOICE' }), undefined);
      },
    },
    {
      name: 'replacing writes every member but the name and createdAt',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const stored = newEventType({ environmentId, name: 'a', schemas: { '1': {} }, groupName: 'g' });
        await world.storage.createEventType({ eventType: stored });
        const change = newEventType({
          ...{ environmentId, name: 'a', description: 'new', archived: true, version: 2 },
          ...{ createdAt: at(60), updatedAt: at(60) },
        });
        const expected = { ...change, createdAt: stored.createdAt };
        const result = await world.storage.replaceEventType({ eventType: change });
        assertSame(result, { outcome: 'replaced', record: expected });
        assertSame(await world.storage.getEventType({ environmentId, name: 'a' }), expected);
      },
    },
    {
      name: 'a replacement that loses is version_mismatch or not_found, and writes nothing',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const stored = newEventType({ environmentId, name: 'a' });
        await world.storage.createEventType({ eventType: stored });
        for (const version of [1, 3]) {
          const result = await world.storage.replaceEventType({ eventType: { ...stored, deprecated: true, version } });
          assertSame(result, { outcome: 'version_mismatch' });
        }
        assertSame(await world.storage.getEventType({ environmentId, name: 'a' }), stored);
        const missing = newEventType({ environmentId, name: 'b', version: 2 });
        assertSame(await world.storage.replaceEventType({ eventType: missing }), { outcome: 'not_found' });
      },
    },
    {
      name: 'of concurrent replacements of one version exactly one wins',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const stored = newEventType({ environmentId, name: 'a' });
        await world.storage.createEventType({ eventType: stored });
        const results = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            world.storage.replaceEventType({ eventType: { ...stored, description: `n${index}`, version: 2 } }),
          ),
        );
        const winners = results.flatMap((result) => (result.outcome === 'replaced' ? [result.record] : []));
        assert.equal(winners.length, 1);
        assertSame(await world.storage.getEventType({ environmentId, name: 'a' }), winners[0]);
      },
    },
    {
      name: 'finding by names answers those that exist, archived or not, each once',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        for (const [name, archived] of [
          ['a', false],
          ['b', true],
          ['c', false],
        ] as const) {
          await world.storage.createEventType({ eventType: newEventType({ environmentId, name, archived }) });
        }
        const find = async (names: readonly string[]) =>
          (await world.storage.findEventTypes({ environmentId, names })).map(({ name }) => name);
        assertSameMembers(await find(['b', 'a', 'missing', 'a']), ['a', 'b']);
        assert.deepEqual(await find([]), []);
      },
    },
    {
      name: 'archived event types are listed only when asked for',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        for (const [name, archived] of [
          ['a', false],
          ['b', true],
        ] as const) {
          await world.storage.createEventType({ eventType: newEventType({ environmentId, name, archived }) });
        }
        const list = async (includeArchived: boolean) => {
          const page = { limit: 10, order: 'ascending' } as const;
          const { items } = await world.storage.listEventTypes({ environmentId, includeArchived, page });
          return items.map(({ name }) => name);
        };
        assert.deepEqual(await list(false), ['a']);
        assert.deepEqual(await list(true), ['a', 'b']);
      },
    },
    {
      name: 'deleting removes an event type for good; the second time is not_found',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const eventType = newEventType({ environmentId, name: 'a' });
        await world.storage.createEventType({ eventType });
        const remove = () => world.storage.deleteEventType({ environmentId, name: 'a' });
        assertSame(await remove(), { outcome: 'deleted' });
        assertSame(await remove(), { outcome: 'not_found' });
        assert.equal(await world.storage.getEventType({ environmentId, name: 'a' }), undefined);
        assert.equal((await world.storage.createEventType({ eventType })).outcome, 'created');
      },
    },
  ],
};

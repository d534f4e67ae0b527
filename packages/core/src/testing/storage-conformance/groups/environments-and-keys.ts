import assert from 'node:assert/strict';
import { assertSame, idsOf } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { newKey, storeEnvironment } from '../fixtures.js';
import { at, baseAt } from '../instants.js';

/** Environments and API keys: stored once, listed oldest first, revoked and touched one way only. */
export const environmentsAndKeysGroup: ConformanceGroup = {
  name: 'environments and keys',
  storage: 'fresh',
  cases: [
    {
      name: 'an environment is stored once: the first one stays and is answered',
      run: async (world) => {
        const environment = { id: world.id('env_'), name: 'First', createdAt: baseAt };
        assertSame(await world.storage.ensureEnvironment({ environment }), environment);
        const second = { ...environment, name: 'Second', createdAt: at(60) };
        assertSame(await world.storage.ensureEnvironment({ environment: second }), environment);
        assertSame(await world.storage.listEnvironments({}), [environment]);
      },
    },
    {
      name: 'concurrent processes that ensure one environment all get the same one',
      run: async (world) => {
        const id = world.id('env_');
        const names = ['a', 'b', 'c', 'd', 'e', 'f'];
        const stored = await Promise.all(
          names.map((name) => world.storage.ensureEnvironment({ environment: { id, name, createdAt: baseAt } })),
        );
        assert.equal(new Set(stored.map(({ name }) => name)).size, 1);
        assertSame(await world.storage.listEnvironments({}), [stored[0]]);
      },
    },
    {
      name: 'environments are listed oldest first',
      run: async (world) => {
        const newer = { id: world.id('env_', at(60)), name: 'Newer', createdAt: at(60) };
        const older = { id: world.id('env_', at(30)), name: 'Older', createdAt: at(30) };
        await world.storage.ensureEnvironment({ environment: newer });
        await world.storage.ensureEnvironment({ environment: older });
        assertSame(await world.storage.listEnvironments({}), [older, newer]);
      },
    },
    {
      name: 'a key is stored with every member',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const key = newKey({ environmentId, id: 'pk_full', name: 'Büro ☕', scopes: ['a', 'b'], expiresAt: at(90) });
        assert.equal(await world.storage.createKey({ key }), true);
        assertSame(await world.storage.getKey({ keyId: key.id }), key);
        const bare = newKey({ environmentId, id: 'pk_bare', scopes: [] });
        await world.storage.createKey({ key: bare });
        assertSame(await world.storage.getKey({ keyId: bare.id }), bare);
      },
    },
    {
      name: 'a key id is taken once: the second creation answers false and changes nothing',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const key = newKey({ environmentId, id: 'pk_once' });
        const other = { ...key, name: 'Other', hash: 'b'.repeat(64) };
        const answers = [await world.storage.createKey({ key }), await world.storage.createKey({ key: other })];
        assert.deepEqual(answers, [true, false]);
        assertSame(await world.storage.getKey({ keyId: key.id }), key);
      },
    },
    {
      name: 'a missing key is undefined',
      run: async ({ storage }) => assert.equal(await storage.getKey({ keyId: 'pk_missing' }), undefined),
    },
    {
      name: 'the keys of an environment are listed oldest first, revoked ones too',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        for (const [id, seconds] of [
          ['pk_late', 20],
          ['pk_early', 10],
        ] as const) {
          await world.storage.createKey({ key: newKey({ environmentId, id, createdAt: at(seconds) }) });
        }
        await world.storage.revokeKey({ environmentId, keyId: 'pk_early', revokedAt: at(30) });
        assert.deepEqual(idsOf(await world.storage.listKeys({ environmentId })), ['pk_early', 'pk_late']);
      },
    },
    {
      name: 'the earliest revocation of a key stays',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const key = newKey({ environmentId, id: 'pk_revoked' });
        await world.storage.createKey({ key });
        const revoke = (seconds: number) =>
          world.storage.revokeKey({ environmentId, keyId: key.id, revokedAt: at(seconds) });
        assert.deepEqual([await revoke(15), await revoke(20), await revoke(10)], [true, true, true]);
        assertSame(await world.storage.getKey({ keyId: key.id }), { ...key, revokedAt: at(10) });
      },
    },
    {
      name: 'revoking a missing key answers false',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const params = { environmentId, keyId: 'pk_missing', revokedAt: at(1) };
        assert.equal(await world.storage.revokeKey(params), false);
      },
    },
    {
      name: 'the last use of a key never moves back, and unknown keys are ignored',
      run: async (world) => {
        const environmentId = await storeEnvironment(world);
        const key = newKey({ environmentId, id: 'pk_used' });
        await world.storage.createKey({ key });
        for (const seconds of [50, 80, 60]) {
          await world.storage.touchKey({ keyId: key.id, lastUsedAt: at(seconds) });
        }
        await world.storage.touchKey({ keyId: 'pk_missing', lastUsedAt: at(1) });
        assertSame(await world.storage.getKey({ keyId: key.id }), { ...key, lastUsedAt: at(80) });
      },
    },
  ],
};

import assert from 'node:assert/strict';
import type { ConformanceGroup } from '../conformance-case.js';
import { at } from '../instants.js';

/** Settings of the instance: the last write counts, whoever makes it. */
export const settingsGroup: ConformanceGroup = {
  name: 'settings',
  storage: 'shared',
  cases: [
    {
      name: 'a setting is kept with every member until it is replaced or deleted',
      run: async (world) => {
        const { storage } = world;
        const name = `${world.id('env_')}.a`;
        const value = { text: 'Büro ☕', list: [1, null, { deep: true }], level: 0.5 };
        await storage.putSetting({ setting: { name, value, updatedAt: at(0) } });
        assert.deepEqual(await storage.listSettings({ prefix: name }), [{ name, value, updatedAt: at(0) }]);
        const replaced = { name, value: { level: 1 }, updatedAt: at(1) };
        await storage.putSetting({ setting: replaced });
        await storage.putSetting({ setting: replaced });
        assert.deepEqual(await storage.listSettings({ prefix: name }), [replaced]);
        await storage.deleteSetting({ name });
        await storage.deleteSetting({ name });
        assert.deepEqual(await storage.listSettings({ prefix: name }), []);
      },
    },
    {
      name: 'a prefix is taken literally, and settings come in the byte order of their names',
      run: async (world) => {
        const { storage } = world;
        const prefix = `${world.id('env_')}.a_`;
        const value = {};
        for (const name of [`${prefix}b`, `${prefix}B`, `${prefix}a`, prefix.replace('a_', 'ax'), `${prefix}%`]) {
          await storage.putSetting({ setting: { name, value, updatedAt: at(0) } });
        }
        const found = await storage.listSettings({ prefix });
        assert.deepEqual(
          found.map(({ name }) => name.slice(prefix.length)),
          ['%', 'B', 'a', 'b'],
        );
      },
    },
    {
      name: 'of concurrent writes one remains whole',
      run: async (world) => {
        const { storage } = world;
        const name = `${world.id('env_')}.a`;
        const writes = Array.from({ length: 20 }, (_, index) => ({ name, value: { index }, updatedAt: at(index) }));
        await Promise.all(writes.map((setting) => storage.putSetting({ setting })));
        const [left, ...others] = await storage.listSettings({ prefix: name });
        assert.deepEqual(others, []);
        assert.ok(writes.some((write) => JSON.stringify(write) === JSON.stringify(left)));
      },
    },
  ],
};

import { bind, Random, silentLogger, Storage, systemClock, systemRandom, wirePlugins } from '@postrider/core';
import { afterAll, expect, it } from 'vitest';
import plugin from '../src/index.js';
import { TemporaryDatabases } from './support/temporary-databases.js';

const databases = new TemporaryDatabases();
afterAll(() => databases.remove());

const host = { clock: systemClock, logger: silentLogger, hostPorts: [bind(Random, systemRandom)] };

it('the plugin opens its store when it starts and releases it when it stops', async () => {
  const config = { path: databases.newPath() };
  for (const environments of [0, 1]) {
    const kernel = await wirePlugins({ ...host, plugins: [{ plugin, config }] });
    await kernel.start();
    const storage = kernel.get(Storage);
    expect(storage.capabilities).toEqual({ durable: true, multiProcess: false });
    expect(await storage.listEnvironments({})).toHaveLength(environments);
    await storage.ensureEnvironment({ environment: { id: 'env_1', name: 'Default', createdAt: new Date(0) } });
    await kernel.stop();
  }
});

it('a host hears of every bad option, and of a store in use', async () => {
  const wire = (config: object) => wirePlugins({ ...host, plugins: [{ plugin, config }] });
  await expect(wire({ path: '', cache: 3 })).rejects.toMatchObject({ code: 'PLUGIN_WIRING_FAILED' });
  const config = { path: databases.newPath() };
  const first = await wire(config);
  await first.start();
  const second = await wire(config);
  await expect(second.start()).rejects.toMatchObject({
    code: 'PLUGIN_START_FAILED',
    cause: { code: 'STORAGE_LOCKED' },
  });
  await first.stop();
});

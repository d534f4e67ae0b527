import { bind, createLocalWake, definePlugin, Random, Storage, systemRandom, Wake, wirePlugins } from '@postrider/core';
import { createMemoryStorage, createRecordingLogger, FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deliveryConfig } from './config.js';
import { resolveOptions } from './options.js';
import { deliveryPlugin } from './plugin.js';
import { DeliveryEngine } from './ports/delivery.js';

const memoryStorage = definePlugin({
  name: 'memory',
  version: '1.0.0',
  api: '^1.0.0',
  config: z.strictObject({}),
  provides: [Storage],
  setup: () => {
    const storage = createMemoryStorage();
    return { ports: [bind(Storage, storage)], start: () => storage.migrate({}) };
  },
});

async function wire(config: Record<string, unknown>) {
  const logger = createRecordingLogger();
  const clock = new FakeClock();
  const kernel = await wirePlugins({
    plugins: [{ plugin: deliveryPlugin, config }, { plugin: memoryStorage }],
    clock,
    logger,
    hostPorts: [
      bind(Random, systemRandom, { usableBeforeStart: true }),
      bind(Wake, createLocalWake({ logger }), { usableBeforeStart: true }),
    ],
  });
  return { clock, kernel };
}

describe('the delivery plugin', () => {
  it('starts and stops with its host', async () => {
    const { clock, kernel } = await wire({ role: 'worker', workerId: 'worker-1' });
    await kernel.start();
    const engine = kernel.get(DeliveryEngine);
    expect(engine.stats()).toMatchObject({ state: 'running', workerId: 'worker-1' });
    await kernel.stop();
    expect(clock.pendingTimers).toBe(0);
  });

  it.each([
    ['an unknown option', { retries: 5 }],
    ['a schedule without entries', { retryScheduleMs: [] }],
    ['a delay under a second', { retryScheduleMs: [10] }],
    ['a deadline beyond a minute', { timeoutMs: 60_001 }],
    ['a lease that may end before an attempt', { leaseMs: 30_000 }],
    ['a range that is none', { egress: { allowCidrs: ['10.0.0.0'] } }],
  ])('refuses %s before anything starts', async (_case, config) => {
    await expect(wire(config)).rejects.toMatchObject({ code: 'PLUGIN_WIRING_FAILED' });
  });

  it('has the same defaults as the engine', () => {
    const { egress, ...options } = deliveryConfig.parse({});
    expect(resolveOptions(options, 'worker-1')).toEqual(resolveOptions({}, 'worker-1'));
    expect(egress).toEqual({ allowCidrs: [], allowMetadata: false, allowNat64: false });
  });
});

import { noEventType, type Rollup } from '@postrider/core';
import { FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import { EndpointEventCounter } from './endpoint-event-counter.js';

function setUp() {
  const clock = new FakeClock();
  const stored = new Map<string, Rollup>();
  const writes: number[] = [];
  const warnings: string[] = [];
  let isDown = false;
  const store = {
    writeRollups: async ({ rollups }: { rollups: readonly Rollup[] }) => {
      if (isDown) throw new Error('The storage is away.');
      writes.push(rollups.length);
      for (const row of rollups) stored.set(`${row.endpointId}|${row.bucketAt.getTime()}`, row);
    },
  };
  const warn = (message: string) => void warnings.push(message);
  const logger = { debug: warn, info: warn, warn, error: warn, child: () => logger } as never;
  const counter = new EndpointEventCounter({ store, clock, logger, writerId: 'writer' });
  const hold = (endpointId = 'ep_1') =>
    counter.rateHeld({
      ...{ scope: 'endpoint', environmentId: 'env_1', applicationId: 'app_1', endpointId, waitMs: 5 },
    });
  const count = (kind: string) => [...stored.values()].reduce((sum, { events }) => sum + (events[kind] ?? 0), 0);
  const setDown = (down: boolean) => void (isDown = down);
  return { clock, counter, stored, writes, warnings, hold, count, setDown };
}

describe('EndpointEventCounter', () => {
  it('writes once a second, one row per endpoint and minute', async () => {
    const { clock, counter, stored, writes, hold, count } = setUp();
    for (let n = 0; n < 1_000; n += 1) hold();
    const change = { environmentId: 'env_1', applicationId: 'app_1', endpointId: 'ep_1', at: clock.now() };
    const opened = { ...change, from: 'closed', to: 'open', cause: 'rate' };
    counter.breakersChanged([{ ...opened, heard: false } as never, { ...opened, heard: true } as never]);
    expect(writes).toEqual([]);
    await clock.advance(1_000);
    hold();
    await clock.advance(1_000);
    expect(writes).toEqual([1, 1]);
    expect([...stored.values()]).toMatchObject([
      { eventType: noEventType, attempts: 0, events: { rate_limit: 1_001, circuit_breaker: 1 } },
    ]);
    expect(count('rate_limit')).toBe(1_001);
    expect(clock.pendingTimers).toBe(0);
  });

  it('writes many endpoints in bounded portions', async () => {
    const { clock, writes, hold } = setUp();
    for (let n = 0; n < 1_200; n += 1) hold(`ep_${n}`);
    await clock.advance(1_000);
    expect(writes).toEqual([500, 500, 200]);
  });

  it('counts once what could not be written at once', async () => {
    const { clock, warnings, hold, count, setDown } = setUp();
    setDown(true);
    hold();
    await clock.advance(61_000);
    hold();
    await clock.advance(1_000);
    expect(warnings.length).toBeGreaterThan(0);
    setDown(false);
    await clock.advance(1_000);
    expect(count('rate_limit')).toBe(2);
    expect(clock.pendingTimers).toBe(0);
  });

  it('gives up minutes that may be compacted before long, and stops asking', async () => {
    const { clock, hold, count, setDown } = setUp();
    setDown(true);
    hold();
    await clock.advance(4 * 60_000 + 2_000);
    expect(clock.pendingTimers).toBe(0);
    setDown(false);
    hold();
    await clock.advance(1_000);
    expect(count('rate_limit')).toBe(1);
  });

  it('counts no more endpoints than it can hold', async () => {
    const { clock, warnings, hold, count } = setUp();
    for (let n = 0; n < 10_005; n += 1) hold(`ep_${n}`);
    await clock.advance(1_000);
    expect(count('rate_limit')).toBe(10_000);
    expect(warnings).toHaveLength(1);
  });

  it('writes what is left when it stops', async () => {
    const { clock, counter, hold, count } = setUp();
    hold();
    await counter.stop();
    expect(count('rate_limit')).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });
});

import type { StorageHealth } from '@postrider/core';
import { createRecordingLogger, FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import { createFollowingClock } from './following-clock.js';

/** A store whose clock goes exactly, in front of a machine whose clock does not. */
async function startFollowing(aheadMs: number, latencyMs = 0) {
  const clock = new FakeClock();
  const logger = createRecordingLogger();
  let skewMs = aheadMs;
  let health: Partial<StorageHealth> | undefined;
  const host = { ...bindAll(clock), nowMs: () => clock.nowMs() + skewMs, now: () => new Date(clock.nowMs() + skewMs) };
  const storage = {
    health: async () => ({ healthy: true, latencyMs, now: new Date(clock.nowMs() - latencyMs / 2), ...health }),
  };
  const following = createFollowingClock({ clock: host, storage, logger });
  await following.start();
  return {
    clock,
    logger,
    following,
    setSkew: (ms: number) => void (skewMs = ms),
    setHealth: (next: Partial<StorageHealth> | undefined) => void (health = next),
  };
}

function bindAll(clock: FakeClock) {
  return {
    monotonicMs: () => clock.monotonicMs(),
    setTimeout: (callback: () => void, delayMs: number) => clock.setTimeout(callback, delayMs),
    sleep: (params: { delayMs: number }) => clock.sleep(params),
  };
}

describe('a clock that follows the storage', () => {
  it.each([0, 600_000, -600_000])('tells the time of storage on a machine that is %i ms ahead', async (aheadMs) => {
    const { clock, following } = await startFollowing(aheadMs);
    expect(following.nowMs()).toBe(clock.nowMs());
    expect(following.hostAheadMs).toBe(aheadMs);
    await clock.advance(7_777);
    expect(following.now()).toEqual(clock.now());
  });

  it('does not jump when the clock of the machine is set', async () => {
    const { clock, following, setSkew } = await startFollowing(0);
    setSkew(-3_600_000);
    expect(following.nowMs()).toBe(clock.nowMs());
    await clock.advance(60_000);
    expect(following.nowMs()).toBe(clock.nowMs());
    expect(following.hostAheadMs).toBe(-3_600_000);
  });

  it('follows when the storage changes its mind, as after a failover, and not within the error of reading it', async () => {
    const { clock, following, setHealth } = await startFollowing(0, 40);
    setHealth({ now: new Date(clock.nowMs() + 10_000 - 20 + 5) });
    await clock.advance(10_000);
    expect(following.nowMs()).toBe(clock.nowMs());
    setHealth({ now: new Date(clock.nowMs() + 10_000 - 20 + 90_000) });
    await clock.advance(10_000);
    expect(following.nowMs() - clock.nowMs()).toBe(90_000);
  });

  it('goes on by itself while the storage is away', async () => {
    const { clock, following, setHealth } = await startFollowing(600_000);
    setHealth({ healthy: false, now: undefined });
    await clock.advance(3_600_000);
    expect(following.nowMs()).toBe(clock.nowMs());
  });

  it('goes by the quickest of the first answers, as the very first is slow and so says little', async () => {
    const clock = new FakeClock();
    const latenciesMs = [2_000, 300, 10, 400, 50];
    // The slow ones were answered at the very end of their round trip.
    const storage = {
      health: async () => ({ healthy: true, latencyMs: latenciesMs.shift() ?? 10, now: clock.now() }),
    };
    const following = createFollowingClock({ clock, storage, logger: createRecordingLogger() });
    await following.start();
    expect(following.nowMs() - clock.nowMs()).toBe(5);
    // It was good enough to ask no more.
    expect(latenciesMs).toEqual([400, 50]);
    await clock.advance(10_000);
    expect(following.nowMs() - clock.nowMs()).toBe(5);
  });

  it('is the clock of the machine where the storage has none', async () => {
    const clock = new FakeClock();
    const storage = { health: async () => ({ healthy: true, latencyMs: 1 }) };
    const following = createFollowingClock({ clock, storage, logger: createRecordingLogger() });
    await following.start();
    await clock.advance(10_000);
    expect(following.now()).toEqual(clock.now());
    expect(following.hostAheadMs).toBe(0);
  });

  it('says once that the clock of the machine is wrong by more than 5 s, and when it is right again', async () => {
    const { clock, logger, setSkew } = await startFollowing(5_000);
    const lines = () => logger.lines.map(({ level }) => level);
    expect(lines()).toEqual([]);
    setSkew(-5_001);
    await clock.advance(60_000);
    expect(lines()).toEqual(['warn']);
    setSkew(12);
    await clock.advance(60_000);
    expect(lines()).toEqual(['warn', 'info']);
  });
});

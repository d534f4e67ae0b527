import { createRecordingLogger, createSeededRandom, FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../test/support/scripted-sender.js';
import { Loop } from './loop.js';

function createLoop(run: (runs: number) => Promise<void> = async () => undefined): {
  readonly clock: FakeClock;
  readonly loop: Loop;
  readonly startedMs: number[];
} {
  const clock = new FakeClock();
  const startedMs: number[] = [];
  const deps = { clock, random: createSeededRandom(1), logger: createRecordingLogger() };
  const loop = new Loop(deps, {
    name: 'reaper',
    intervalMs: 1_000,
    minGapMs: 100,
    run: () => {
      startedMs.push(clock.monotonicMs());
      return run(startedMs.length);
    },
  });
  return { clock, loop, startedMs };
}

describe('a loop', () => {
  it('runs at once and then at its interval', async () => {
    const { clock, loop, startedMs } = createLoop();
    loop.start();
    loop.start();
    await clock.advance(2_500);
    expect(startedMs).toEqual([0, 1_000, 2_000]);
    expect(loop.stats.lastSuccessAt).toEqual(new Date(Date.UTC(2026, 0, 1, 0, 0, 2)));
  });

  it('runs sooner when woken, but no more often than its gap allows', async () => {
    const { clock, loop, startedMs } = createLoop();
    loop.start();
    await clock.advance(50);
    for (let i = 0; i < 5; i += 1) loop.wake();
    await clock.advance(100);
    loop.wake();
    await clock.advance(100);
    expect(startedMs).toEqual([0, 100, 200]);
  });

  it('never runs twice at once; a wake meanwhile is not forgotten', async () => {
    const gate = createGate<void>();
    const { clock, loop, startedMs } = createLoop((runs) => (runs === 1 ? gate.promise : Promise.resolve()));
    loop.start();
    await clock.advance(5_000);
    loop.wake();
    await clock.advance(5_000);
    expect(startedMs).toEqual([0]);
    gate.open();
    await clock.advance(500);
    expect(startedMs).toEqual([0, 10_100]);
  });

  it('backs off while it fails, deaf to wakes, and recovers', async () => {
    const { clock, loop, startedMs } = createLoop(async (runs) => {
      if (runs <= 6) throw new Error('The store is away.');
    });
    loop.start();
    await clock.advance(1);
    const lastSuccessAt = loop.stats.lastSuccessAt;
    loop.wake();
    await clock.advance(60_000);
    const gapsMs = startedMs.slice(1, 7).map((atMs, index) => atMs - (startedMs[index] ?? 0));
    for (const [index, nominalMs] of [500, 1_000, 2_000, 4_000, 5_000, 5_000].entries()) {
      expect(gapsMs[index]).toBeGreaterThanOrEqual(nominalMs * 0.8);
      expect(gapsMs[index]).toBeLessThanOrEqual(nominalMs * 1.2);
    }
    expect(loop.stats.consecutiveFailures).toBe(0);
    expect(loop.stats.lastSuccessAt).not.toEqual(lastSuccessAt);
  });

  it('stops after the run under way, for good', async () => {
    const gate = createGate<void>();
    const { clock, loop, startedMs } = createLoop(() => gate.promise);
    loop.start();
    await clock.advance(1);
    let stopped = false;
    const stopping = loop.stop().then(() => (stopped = true));
    await clock.advance(5_000);
    expect(stopped).toBe(false);
    gate.open();
    await stopping;
    loop.wake();
    loop.start();
    await clock.advance(5_000);
    expect(startedMs).toEqual([0]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('may be stopped without having been started', async () => {
    const { clock, loop, startedMs } = createLoop();
    await loop.stop();
    loop.start();
    await clock.advance(5_000);
    expect(startedMs).toEqual([]);
  });
});

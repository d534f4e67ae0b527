import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

describe('FakeClock', () => {
  it('stands still until it is told to advance', async () => {
    const clock = new FakeClock({ startAt: new Date('2026-03-01T12:00:00Z') });
    expect(clock.now()).toEqual(new Date('2026-03-01T12:00:00Z'));
    expect(clock.monotonicMs()).toBe(0);
    await clock.advance(1_500);
    expect(clock.now()).toEqual(new Date('2026-03-01T12:00:01.500Z'));
    expect(clock.monotonicMs()).toBe(1_500);
  });

  it('fires timers in the order of their instants, then of their creation, each at its own time', async () => {
    const clock = new FakeClock();
    const fired: [string, number][] = [];
    const at = (name: string, delayMs: number) =>
      clock.setTimeout(() => fired.push([name, clock.monotonicMs()]), delayMs);
    at('late', 30);
    at('first of two', 20);
    at('second of two', 20);
    at('early', 10);
    at('beyond', 41);
    const cancelled = at('cancelled', 15);
    cancelled.cancel();
    await clock.advance(40);
    expect(fired).toEqual([
      ['early', 10],
      ['first of two', 20],
      ['second of two', 20],
      ['late', 30],
    ]);
    expect(clock.pendingTimers).toBe(1);
  });

  it('lets promises settle between timers, so that loops run at the right times', async () => {
    const clock = new FakeClock();
    const turns: number[] = [];
    const loop = async () => {
      for (let turn = 0; turn < 4; turn += 1) {
        await clock.sleep({ delayMs: 10 });
        await Promise.resolve();
        turns.push(clock.monotonicMs());
      }
    };
    const done = loop();
    await clock.advance(35);
    expect(turns).toEqual([10, 20, 30]);
    await clock.advance(5);
    await done;
    expect(turns).toEqual([10, 20, 30, 40]);
  });

  it('moves the wall clock without moving durations or timers', async () => {
    const clock = new FakeClock();
    let fired = false;
    clock.setTimeout(() => (fired = true), 10);
    clock.setWallClock(new Date('2030-01-01T00:00:00Z'));
    await clock.advance(9);
    expect(fired).toBe(false);
    expect(clock.now()).toEqual(new Date('2030-01-01T00:00:00.009Z'));
    expect(clock.monotonicMs()).toBe(9);
  });

  it('ends a sleep when its signal aborts, and forgets its timer', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const sleeping = clock.sleep({ delayMs: 10, signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    expect(clock.pendingTimers).toBe(0);
  });
});

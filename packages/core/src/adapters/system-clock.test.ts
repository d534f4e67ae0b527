import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './system-clock.js';

describe('systemClock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells the time of the machine', () => {
    vi.setSystemTime(1_790_000_000_123);
    expect(systemClock.nowMs()).toBe(1_790_000_000_123);
    expect(systemClock.now()).toEqual(new Date(1_790_000_000_123));
    const before = systemClock.monotonicMs();
    vi.advanceTimersByTime(5);
    expect(systemClock.monotonicMs() - before).toBeCloseTo(5);
  });

  it('runs a callback once, unless it is cancelled', () => {
    const ran: string[] = [];
    systemClock.setTimeout(() => ran.push('kept'), 10);
    const cancelled = systemClock.setTimeout(() => ran.push('cancelled'), 10);
    systemClock.setTimeout(() => ran.push('overdue'), -5);
    cancelled.cancel();
    cancelled.cancel();
    vi.advanceTimersByTime(1_000);
    expect(ran).toEqual(['overdue', 'kept']);
  });

  it('waits for delays beyond the 24.8 days that Node counts to', () => {
    let ran = false;
    const days = 24 * 60 * 60 * 1_000;
    systemClock.setTimeout(() => (ran = true), 60 * days);
    const cancelled = systemClock.setTimeout(() => expect.unreachable(), 60 * days);
    vi.advanceTimersByTime(60 * days - 1);
    expect(ran).toBe(false);
    cancelled.cancel();
    vi.advanceTimersByTime(1);
    expect(ran).toBe(true);
  });

  it('sleeps until the time has passed', async () => {
    const sleeping = systemClock.sleep({ delayMs: 50 });
    await vi.advanceTimersByTimeAsync(50);
    expect(await sleeping).toBeUndefined();
  });

  it('wakes at once when the signal aborts, without leaving a timer', async () => {
    const controller = new AbortController();
    const sleeping = systemClock.sleep({ delayMs: 50, signal: controller.signal });
    const reason = new Error('stopping');
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    await expect(systemClock.sleep({ delayMs: 50, signal: controller.signal })).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });
});

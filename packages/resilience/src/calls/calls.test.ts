import { describe, expect, it } from 'vitest';
import { isResilienceError } from '../errors.js';
import { createRetryBudget } from '../retry/retry-budget.js';
import { ManualClock } from '../testing/manual-clock.js';
import { retry, type RetryOptions } from './retry.js';
import { withTimeout } from './with-timeout.js';

function setUp(failures: number, options: RetryOptions = {}) {
  const clock = new ManualClock();
  const startedAtMs = clock.nowMs();
  const attemptsAtMs: number[] = [];
  const task = async ({ attempt }: { attempt: number }): Promise<string> => {
    attemptsAtMs.push(clock.nowMs() - startedAtMs);
    if (attempt <= failures) throw new Error(`failure ${String(attempt)}`);
    return 'done';
  };
  // A random number of 4/9 makes the short first delay what the table says, one of 0.5 every other.
  const draws = [4 / 9, 0.5, 0.5, 0.5];
  const result = retry(task, { clock, random: () => draws[attemptsAtMs.length - 1] ?? 0.5, ...options });
  return { clock, attemptsAtMs, result };
}

describe('retry', () => {
  it('tries again after the delays of the schedule, until the task succeeds', async () => {
    const { clock, attemptsAtMs, result } = setUp(3);
    await clock.advance(10_000);
    expect(await result).toBe('done');
    expect(attemptsAtMs).toEqual([0, 100, 600, 2600]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('gives up with the last error at the end of the schedule', async () => {
    const { clock, attemptsAtMs, result } = setUp(9, { scheduleMs: [10, 10] });
    const ended = result.catch((error: unknown) => error);
    await clock.advance(1000);
    expect(await ended).toMatchObject({ message: expect.stringContaining('failure 3') as string });
    expect(attemptsAtMs).toHaveLength(3);
  });

  it('does not repeat what cannot help', async () => {
    const { attemptsAtMs, result } = setUp(9, { isRetryable: () => false });
    await expect(result).rejects.toThrow('failure 1');
    expect(attemptsAtMs).toHaveLength(1);
  });

  it('waits as long as the other side asks', async () => {
    const { clock, attemptsAtMs, result } = setUp(1, { retryAfterMs: () => 7000 });
    await clock.advance(7000);
    expect(await result).toBe('done');
    expect(attemptsAtMs).toEqual([0, 7000]);
  });

  it('stops waiting when its signal aborts, and begins no attempt after it', async () => {
    const controller = new AbortController();
    const { clock, attemptsAtMs, result } = setUp(9, { signal: controller.signal });
    const ended = result.catch((error: unknown) => error);
    await clock.advance(50);
    controller.abort(new Error('not any more'));
    expect(await ended).toMatchObject({ message: expect.stringContaining('not any more') as string });
    await clock.advance(10_000);
    expect([attemptsAtMs.length, clock.pendingTimers]).toEqual([1, 0]);
  });

  it('makes no retry while the budget is spent', async () => {
    const budget = createRetryBudget({ now: () => 0, minimumAttempts: 1, maxShare: 0 });
    const first = setUp(9, { budget });
    const ended = first.result.catch((error: unknown) => error);
    await first.clock.advance(10_000);
    expect(await ended).toMatchObject({ message: expect.stringContaining('failure 2') as string });
    expect(first.attemptsAtMs).toHaveLength(2);
  });
});

describe('withTimeout', () => {
  it('gives a task up that takes too long, and tells it so', async () => {
    const clock = new ManualClock();
    let seen: AbortSignal | undefined;
    const call = withTimeout(
      ({ signal }) => {
        seen = signal;
        return new Promise(() => undefined);
      },
      { timeoutMs: 100, clock },
    );
    const rejection = call.catch((error: unknown) => error);
    await clock.advance(100);
    expect(isResilienceError(await rejection, 'CALL_TIMED_OUT')).toBe(true);
    expect(seen?.aborted).toBe(true);
  });

  it('passes on what the task comes to, and leaves no timer behind', async () => {
    const clock = new ManualClock();
    expect(await withTimeout(async () => 'done', { timeoutMs: 100, clock })).toBe('done');
    const failing = withTimeout(() => Promise.reject(new Error('refused')), { timeoutMs: 100, clock });
    await expect(failing).rejects.toThrow('refused');
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends with the reason of its signal, at once when that was aborted before', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const call = withTimeout(() => new Promise(() => undefined), { timeoutMs: 100, clock, signal: controller.signal });
    controller.abort(new Error('not any more'));
    await expect(call).rejects.toThrow('not any more');
    const aborted = AbortSignal.abort(new Error('before'));
    await expect(withTimeout(async () => 1, { timeoutMs: 100, clock, signal: aborted })).rejects.toThrow('before');
    expect(clock.pendingTimers).toBe(0);
  });
});

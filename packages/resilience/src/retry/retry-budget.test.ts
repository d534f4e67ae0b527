import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRetryBudget, type AttemptKind, type RetryBudgetOptions } from './retry-budget.js';

function setUp(options: Partial<RetryBudgetOptions> = {}) {
  const clock = { nowMs: 1_000_000 };
  const budget = createRetryBudget({ now: () => clock.nowMs, ...options });
  const record = (kind: AttemptKind, times: number): void => {
    for (let count = 0; count < times; count += 1) budget.record(kind);
  };
  return { clock, budget, record };
}

describe('RetryBudget', () => {
  it('is spent when more than half of at least 20 attempts of the last minute were retries', () => {
    const { budget, record } = setUp();
    record('first', 10);
    record('retry', 10);
    expect([budget.share(), budget.isSpent()]).toEqual([0.5, false]);
    record('retry', 1);
    expect(budget.isSpent()).toBe(true);
    record('first', 1);
    expect(budget.isSpent()).toBe(false);
  });

  it('is never spent by a few retries of a process that sends little', () => {
    const { budget, record } = setUp();
    record('retry', 19);
    expect([budget.share(), budget.isSpent()]).toEqual([1, false]);
    record('retry', 1);
    expect(budget.isSpent()).toBe(true);
  });

  it('forgets by time alone, and is not kept by a clock that is set back', () => {
    const { clock, budget, record } = setUp();
    record('retry', 30);
    clock.nowMs -= 3_600_000;
    expect(budget.isSpent()).toBe(true);
    clock.nowMs += 60_000;
    expect([budget.share(), budget.isSpent()]).toEqual([0, false]);
  });

  it('agrees with a recount of all attempts of the last six buckets', () => {
    const steps = fc.record({
      afterMs: fc.oneof(fc.integer({ min: 0, max: 4000 }), fc.constantFrom(0, 60_000)),
      kind: fc.constantFrom<AttemptKind>('first', 'retry'),
    });
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 120, size: 'max' }), (course) => {
        const { clock, budget } = setUp({ maxShare: 0.4, minimumAttempts: 5 });
        const made: { bucket: number; kind: AttemptKind }[] = [];
        for (const { afterMs, kind } of course) {
          clock.nowMs += afterMs;
          const bucket = Math.floor(clock.nowMs / 10_000);
          budget.record(kind);
          made.push({ bucket, kind });
          const recent = made.filter((attempt) => attempt.bucket > bucket - 6);
          const retries = recent.filter((attempt) => attempt.kind === 'retry').length;
          expect(budget.share()).toBe(retries / recent.length);
          expect(budget.isSpent()).toBe(recent.length >= 5 && retries / recent.length > 0.4);
        }
      }),
    );
  });

  it.each([{ maxShare: 1.5 }, { minimumAttempts: 0 }, { windowMs: 0 }])('refuses %j', (options) => {
    expect(() => setUp(options)).toThrow(`${Object.keys(options)[0] ?? ''} is`);
  });
});

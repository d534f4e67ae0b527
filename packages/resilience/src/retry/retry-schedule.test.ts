import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxRetryAfterMs } from './retry-after.js';
import { defaultMaxRetryAgeMs, defaultRetryScheduleMs, nextRetry } from './retry-schedule.js';

const startedAt = new Date('2026-03-01T00:00:00Z');
const later = (delayMs: number): Date => new Date(startedAt.getTime() + delayMs);

/** Follows one delivery to its end, every attempt failing the moment it is due. */
function course(options: {
  scheduleMs: readonly number[];
  random?: () => number;
  hintsMs?: readonly number[];
}): Date[] {
  const dueAts = [startedAt];
  for (;;) {
    const now = dueAts.at(-1) ?? startedAt;
    const decision = nextRetry({
      attemptsMade: dueAts.length,
      scheduleMs: options.scheduleMs,
      retryAfterMs: options.hintsMs?.[dueAts.length - 1],
      firstAttemptAt: startedAt,
      now,
      random: options.random,
    });
    if (decision.kind === 'exhausted') return dueAts;
    dueAts.push(decision.dueAt);
  }
}

const randoms = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
const toRandom = (numbers: Iterator<number>) => (): number => numbers.next().value as number;
const schedules = fc.array(fc.integer({ min: 1000, max: maxRetryAfterMs }), { minLength: 1, maxLength: 20 });

describe('nextRetry', () => {
  it('reproduces the cumulative table of Standard Webhooks when jitter is off', () => {
    const elapsed = course({ scheduleMs: defaultRetryScheduleMs }).map((dueAt) => {
      const seconds = (dueAt.getTime() - startedAt.getTime()) / 1000;
      const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      return parts.map((part) => String(part).padStart(2, '0')).join(':');
    });
    expect(elapsed).toEqual([
      '00:00:00',
      '00:00:05',
      '00:05:05',
      '00:35:05',
      '02:35:05',
      '07:35:05',
      '17:35:05',
      '31:35:05',
      '51:35:05',
      '75:35:05',
    ]);
  });

  it('runs the whole default schedule within the maximal age, however the jitter falls', () => {
    const slowest = course({ scheduleMs: defaultRetryScheduleMs, random: () => 1 - Number.EPSILON });
    expect(slowest).toHaveLength(10);
  });

  it('spreads the first retry over 1–10 s and the others over ± 20 %', () => {
    fc.assert(
      fc.property(randoms, fc.integer({ min: 1, max: 9 }), (numbers, attemptsMade) => {
        const decision = nextRetry({
          attemptsMade,
          scheduleMs: defaultRetryScheduleMs,
          firstAttemptAt: startedAt,
          now: startedAt,
          random: toRandom(numbers),
        });
        if (decision.kind === 'exhausted') throw new Error('the schedule has 9 delays');
        const delayMs = decision.dueAt.getTime() - startedAt.getTime();
        const baseMs = defaultRetryScheduleMs[attemptsMade - 1] ?? 0;
        const [minMs, maxMs] = attemptsMade === 1 ? [1000, 10_000] : [baseMs * 0.8, baseMs * 1.2];
        expect(delayMs).toBeGreaterThanOrEqual(minMs);
        expect(delayMs).toBeLessThanOrEqual(maxMs);
      }),
    );
  });

  it('keeps a long first delay near what was configured', () => {
    const params = { attemptsMade: 1, scheduleMs: [3_600_000], firstAttemptAt: startedAt, now: startedAt };
    expect(nextRetry({ ...params, random: () => 0 })).toEqual({ kind: 'retry', dueAt: later(2_880_000) });
  });

  it('rises strictly, waits at least for the hint, and makes at most one attempt more than there are delays', () => {
    const hints = fc.array(fc.integer({ min: 0, max: maxRetryAfterMs }), { maxLength: 20 });
    fc.assert(
      fc.property(schedules, randoms, hints, (scheduleMs, numbers, hintsMs) => {
        const dueAts = course({ scheduleMs, random: toRandom(numbers), hintsMs });
        expect(dueAts.length).toBeLessThanOrEqual(scheduleMs.length + 1);
        for (const [index, dueAt] of dueAts.slice(1).entries()) {
          const waitedMs = dueAt.getTime() - (dueAts[index]?.getTime() ?? 0);
          expect(waitedMs).toBeGreaterThan(0);
          expect(waitedMs).toBeGreaterThanOrEqual(hintsMs[index] ?? 0);
          expect(dueAt.getTime() - startedAt.getTime()).toBeLessThanOrEqual(defaultMaxRetryAgeMs);
        }
      }),
    );
  });

  it('is exhausted by attempts at the end of the schedule', () => {
    const params = { scheduleMs: [1000, 2000], firstAttemptAt: startedAt, now: startedAt };
    expect(nextRetry({ ...params, attemptsMade: 2 }).kind).toBe('retry');
    expect(nextRetry({ ...params, attemptsMade: 3 })).toEqual({ kind: 'exhausted', reason: 'attempts' });
    expect(nextRetry({ ...params, attemptsMade: 30 })).toEqual({ kind: 'exhausted', reason: 'attempts' });
  });

  it('is exhausted by age when hints would carry it past the maximum', () => {
    const params = { attemptsMade: 1, scheduleMs: [1000, 1000], firstAttemptAt: startedAt, maxAgeMs: 10_000 };
    expect(nextRetry({ ...params, now: later(5000), retryAfterMs: 5000 }).kind).toBe('retry');
    expect(nextRetry({ ...params, now: later(5000), retryAfterMs: 5001 })).toEqual({
      kind: 'exhausted',
      reason: 'max_age',
    });
  });

  it('never answers with the past when the clock went back', () => {
    const now = later(-3_600_000);
    expect(nextRetry({ attemptsMade: 2, scheduleMs: [1000, 2000], firstAttemptAt: startedAt, now })).toEqual({
      kind: 'retry',
      dueAt: new Date(now.getTime() + 2000),
    });
  });

  it('breaks up a herd of 10 000 deliveries that failed together', () => {
    // A fixed linear congruential generator, so that the bound is the same in every run.
    let state = 42;
    const random = (): number => (state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296;
    const peaks = [new Map<number, number>(), new Map<number, number>()];
    for (let delivery = 0; delivery < 10_000; delivery += 1) {
      const [, ...retries] = course({ scheduleMs: defaultRetryScheduleMs.slice(0, 2), random });
      for (const [index, dueAt] of retries.entries()) {
        const second = Math.floor(dueAt.getTime() / 1000);
        peaks[index]?.set(second, (peaks[index].get(second) ?? 0) + 1);
      }
    }
    const [first = 0, second = 0] = peaks.map((perSecond) => Math.max(...perSecond.values()));
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(2500);
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThanOrEqual(150);
  });
});

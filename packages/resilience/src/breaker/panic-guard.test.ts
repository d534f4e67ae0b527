import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPanicGuard } from './panic-guard.js';

function setUp() {
  const clock = { nowMs: 1_000_000 };
  const guard = createPanicGuard({ now: () => clock.nowMs });
  const subjects = (count: number): string[] => Array.from({ length: count }, (_, index) => `subject ${String(index)}`);
  return { clock, guard, subjects };
}

describe('PanicGuard', () => {
  it('suspects us when more than half of 10 active subjects opened within a minute', () => {
    const { clock, guard, subjects } = setUp();
    for (const subject of subjects(10)) guard.recordActivity(subject);
    for (const subject of subjects(5)) guard.recordOpening(subject);
    expect(guard.isSuspicious()).toBe(false);
    clock.nowMs += 59_999;
    guard.recordOpening('subject 9');
    expect(guard.isSuspicious()).toBe(true);
    clock.nowMs += 1;
    expect(guard.isSuspicious()).toBe(false);
  });

  it('does not judge by fewer than 10 subjects', () => {
    const { guard, subjects } = setUp();
    for (const subject of subjects(9)) guard.recordOpening(subject);
    expect(guard.isSuspicious()).toBe(false);
    guard.recordActivity('one more');
    expect(guard.isSuspicious()).toBe(true);
  });

  it('agrees with a recount of everything that ever happened', () => {
    const steps = fc.record({
      afterMs: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.constantFrom(0, 60_000)),
      subject: fc.integer({ min: 0, max: 15 }).map(String),
      opens: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 100, size: 'max' }), (course) => {
        const { clock, guard } = setUp();
        const past: { atMs: number; subject: string; opens: boolean }[] = [];
        for (const { afterMs, subject, opens } of course) {
          clock.nowMs += afterMs;
          past.push({ atMs: clock.nowMs, subject, opens });
          if (opens) guard.recordOpening(subject);
          else guard.recordActivity(subject);

          const bucketOf = (atMs: number): number => Math.floor(atMs / 10_000);
          const recent = past.filter(({ atMs }) => bucketOf(clock.nowMs) - bucketOf(atMs) < 6);
          const active = new Set(recent.map((step) => step.subject)).size;
          const opened = new Set(recent.filter((step) => step.opens).map((step) => step.subject)).size;
          expect(guard.isSuspicious()).toBe(active >= 10 && opened > active / 2);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter, type RateLimiter, type RateLimiterOptions } from './rate-limiter.js';

function setUp(limit: { ratePerSecond: number; burst: number }) {
  const clock = { nowMs: 1_000_000 };
  const limiter = createRateLimiter({ ...limit, now: () => clock.nowMs });
  const pass = (cost?: number): boolean => limiter.tryAcquire(cost).allowed;
  const passed = (times: number): number => Array.from({ length: times }, () => pass()).filter(Boolean).length;
  return { clock, limiter, pass, passed };
}

describe('tryAcquire', () => {
  it('lets the burst pass at once and then one unit per interval', () => {
    const { clock, limiter, passed } = setUp({ ratePerSecond: 10, burst: 5 });
    expect(passed(10)).toBe(5);
    expect(limiter.tryAcquire()).toEqual({ allowed: false, retryAfterMs: 100 });
    clock.nowMs += 99;
    expect(limiter.tryAcquire()).toEqual({ allowed: false, retryAfterMs: 1 });
    clock.nowMs += 1;
    expect(passed(10)).toBe(1);
    clock.nowMs += 3_600_000;
    expect(passed(10)).toBe(5);
  });

  it('lets all units of a cost pass or none', () => {
    const { limiter, pass } = setUp({ ratePerSecond: 10, burst: 5 });
    expect(pass(3)).toBe(true);
    expect(limiter.tryAcquire(3)).toEqual({ allowed: false, retryAfterMs: 100 });
    expect(pass(2)).toBe(true);
    expect(pass(0)).toBe(true);
  });

  it('never lets a cost pass that is greater than the burst, and says so', () => {
    const { limiter } = setUp({ ratePerSecond: 10, burst: 5 });
    expect(limiter.tryAcquire(6)).toEqual({ allowed: false, retryAfterMs: Infinity });
    expect(limiter.reserve({ cost: 6 })).toEqual({ reserved: false, waitMs: Infinity });
    expect(limiter.status().remaining).toBe(5);
  });

  it('loses nothing of the burst to rounding, even at 0.1 + 0.2', () => {
    for (const ratePerSecond of [3, 7, 9.7, 333, 0.07]) expect(setUp({ ratePerSecond, burst: 49 }).passed(60)).toBe(49);
    const { pass } = setUp({ ratePerSecond: 0.3, burst: 1 });
    expect([pass(0.1), pass(0.2), pass(0.7)]).toEqual([true, true, true]);
  });

  it.each([-1, Number.NaN])('refuses a cost of %d', (cost) => {
    const { limiter } = setUp({ ratePerSecond: 10, burst: 5 });
    expect(() => limiter.tryAcquire(cost)).toThrow('cost is');
  });

  it('waits no longer when the clock is set back', () => {
    const { clock, limiter, passed } = setUp({ ratePerSecond: 10, burst: 5 });
    passed(5);
    clock.nowMs -= 3_600_000;
    expect(limiter.tryAcquire()).toEqual({ allowed: false, retryAfterMs: 100 });
  });
});

describe('reserve', () => {
  it('paces those who wait as told, at the steady rate', () => {
    const { clock, limiter } = setUp({ ratePerSecond: 10, burst: 1 });
    const waitsMs = Array.from({ length: 4 }, () => limiter.reserve().waitMs);
    expect(waitsMs).toEqual([0, 100, 200, 300]);
    clock.nowMs += 250;
    expect(limiter.reserve()).toEqual({ reserved: true, waitMs: 150 });
  });

  it('does not let others pass before what is reserved', () => {
    const { clock, limiter, pass } = setUp({ ratePerSecond: 10, burst: 1 });
    limiter.reserve();
    limiter.reserve();
    clock.nowMs += 100;
    expect(pass()).toBe(false);
    clock.nowMs += 100;
    expect(pass()).toBe(true);
  });

  it('books nothing when the wait would be too long', () => {
    const { limiter } = setUp({ ratePerSecond: 10, burst: 1 });
    limiter.reserve();
    expect(limiter.reserve({ maxWaitMs: 99 })).toEqual({ reserved: false, waitMs: 100 });
    expect(limiter.reserve({ maxWaitMs: 100 })).toEqual({ reserved: true, waitMs: 100 });
  });
});

describe('setLimit', () => {
  it('keeps the units that are left, up to the new burst', () => {
    const { clock, limiter, passed } = setUp({ ratePerSecond: 10, burst: 10 });
    passed(4);
    limiter.setLimit({ ratePerSecond: 1, burst: 20 });
    expect(limiter.status()).toEqual({ ratePerSecond: 1, burst: 20, remaining: 6, fullAfterMs: 14_000 });
    limiter.setLimit({ ratePerSecond: 2, burst: 3 });
    expect(limiter.status()).toEqual({ ratePerSecond: 2, burst: 3, remaining: 3, fullAfterMs: 0 });
    expect(passed(10)).toBe(3);
    clock.nowMs += 500;
    expect(passed(10)).toBe(1);
  });

  it.each([
    [{ ratePerSecond: 0, burst: 1 }, 'ratePerSecond is 0'],
    [{ ratePerSecond: Infinity, burst: 1 }, 'ratePerSecond is Infinity'],
    [{ ratePerSecond: 1, burst: 0.5 }, 'burst is 0.5'],
  ])('refuses %j', (limit, message) => {
    expect(() => createRateLimiter({ ...limit, now: () => 0 })).toThrow(message);
    const { limiter } = setUp({ ratePerSecond: 1, burst: 1 });
    expect(() => limiter.setLimit(limit)).toThrow(message);
    expect(limiter.status()).toMatchObject({ ratePerSecond: 1, burst: 1 });
  });
});

type Subject = Pick<RateLimiter, 'tryAcquire' | 'reserve'>;

/** One thing that happens to a limiter. */
type Step =
  | { readonly kind: 'pass'; readonly cost: number }
  | { readonly kind: 'reserve'; readonly cost: number; readonly maxWaitMs: number }
  | { readonly kind: 'tick'; readonly delayMs: number }
  | { readonly kind: 'set_back'; readonly delayMs: number };

const costs = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 10 }), fc.double({ min: 0.01, max: 5, noNaN: true }));
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('pass'), cost: costs }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reserve'), cost: costs, maxWaitMs: fc.nat(2000) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('tick'), delayMs: fc.integer({ min: 1, max: 3000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('set_back'), delayMs: fc.nat(100_000) }) },
);
const limits = fc.record({
  ratePerSecond: fc.double({ min: 0.1, max: 1000, noNaN: true }),
  burst: fc.integer({ min: 1, max: 20 }),
});
const TOLERANCE = 1e-6;

/** What is wrong with a limiter; `undefined` when nothing was found. */
function findBreach(
  create: (options: RateLimiterOptions) => Subject,
  parameters: { numRuns: number; seed?: number; endOnFailure?: boolean },
): string | undefined {
  const property = fc.property(limits, fc.array(steps, { maxLength: 60, size: 'max' }), (limit, course) => {
    let elapsedMs = 0;
    let skewMs = 1_000_000;
    const limiter = create({ ...limit, now: () => elapsedMs + skewMs });
    const left: { atMs: number; cost: number }[] = [];
    for (const step of course) {
      if (step.kind === 'tick') {
        elapsedMs += step.delayMs;
      } else if (step.kind === 'set_back') {
        limiter.tryAcquire(1e-9); // reads the clock, so that the limiter sees the step and nothing else
        skewMs -= step.delayMs;
        limiter.tryAcquire(1e-9);
      } else {
        const waitMs = book(limiter, step);
        expectSound(waitMs, { mustBeFinite: step.cost <= limit.burst });
        const maxWaitMs = step.kind === 'pass' ? 0 : step.maxWaitMs;
        if (waitMs <= maxWaitMs) left.push({ atMs: elapsedMs + waitMs, cost: step.cost });
      }
    }
    for (const from of left) {
      for (const to of left.filter(({ atMs }) => atMs >= from.atMs)) {
        const units = left
          .filter(({ atMs }) => atMs >= from.atMs && atMs <= to.atMs)
          .reduce((sum, { cost }) => sum + cost, 0);
        const spanMs = to.atMs - from.atMs;
        expect(units).toBeLessThanOrEqual(
          limit.burst + (limit.ratePerSecond * spanMs) / 1000 + TOLERANCE * (1 + limit.ratePerSecond),
        );
      }
    }
  });
  const details = fc.check(property, parameters);
  return details.failed ? fc.defaultReportMessage(details) : undefined;
}

function book(limiter: Subject, step: Extract<Step, { cost: number }>): number {
  if (step.kind === 'reserve') return limiter.reserve(step).waitMs;
  const decision = limiter.tryAcquire(step.cost);
  return decision.allowed ? 0 : decision.retryAfterMs;
}

function expectSound(waitMs: number, { mustBeFinite }: { mustBeFinite: boolean }): void {
  expect(waitMs).toBeGreaterThanOrEqual(0);
  expect(Number.isFinite(waitMs)).toBe(mustBeFinite);
}

describe('RateLimiter in any course of time', () => {
  it('lets at most burst + rate × span pass in every span, and never a negative wait', () => {
    expect(findBreach(createRateLimiter, { numRuns: 300 })).toBeUndefined();
  });

  it.each<[string, (options: RateLimiterOptions) => Subject]>([
    [
      'is a little too fast',
      (options) => createRateLimiter({ ...options, ratePerSecond: options.ratePerSecond * 1.1 }),
    ],
    ['lets one more pass', (options) => createRateLimiter({ ...options, burst: options.burst + 1 })],
    [
      'starts anew in every second, as a fixed window does',
      (options) => {
        let limiter = createRateLimiter(options);
        let second = 0;
        const current = (): RateLimiter => {
          const now = Math.floor(options.now() / 1000);
          if (now !== second) limiter = createRateLimiter(options);
          second = now;
          return limiter;
        };
        return { tryAcquire: (cost) => current().tryAcquire(cost), reserve: (params) => current().reserve(params) };
      },
    ],
  ])('finds the limiter that %s', (_mistake, create) => {
    expect(findBreach(create, { numRuns: 1000, seed: 1, endOnFailure: true })).toContain('Counterexample');
  });

  it('lets pass what it has refused, after the wait that it named', () => {
    fc.assert(
      fc.property(limits, costs, fc.nat(100), (limit, cost, taken) => {
        const { clock, limiter, pass, passed } = setUp(limit);
        passed(taken);
        const decision = limiter.tryAcquire(Math.min(cost, limit.burst));
        if (decision.allowed) return;
        clock.nowMs += decision.retryAfterMs + TOLERANCE;
        expect(pass(Math.min(cost, limit.burst))).toBe(true);
      }),
    );
  });

  it('says truthfully how many units are left', () => {
    fc.assert(
      fc.property(limits, fc.nat(30), fc.nat(3000), (limit, taken, delayMs) => {
        const { clock, limiter, passed } = setUp(limit);
        passed(taken);
        clock.nowMs += delayMs;
        const { remaining } = limiter.status();
        expect(passed(50)).toBe(remaining);
      }),
    );
  });
});

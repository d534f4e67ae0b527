import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createAdaptiveLimit,
  type AdaptiveLimit,
  type ConcurrencyOutcome,
  type ConcurrencySlot,
} from './adaptive-limit.js';

function fill(limit: AdaptiveLimit): ConcurrencySlot[] {
  const slots: ConcurrencySlot[] = [];
  for (let slot = limit.tryAcquire(); slot !== undefined; slot = limit.tryAcquire()) slots.push(slot);
  return slots;
}

/** One round trip with as many calls as are allowed, all of one outcome. */
function round(limit: AdaptiveLimit, outcome: ConcurrencyOutcome): void {
  for (const slot of fill(limit)) slot.release(outcome);
}

describe('AdaptiveLimit', () => {
  it('allows 4 at once in the beginning', () => {
    const limit = createAdaptiveLimit();
    expect(fill(limit)).toHaveLength(4);
    expect(limit.inFlight).toBe(4);
    expect(limit.tryAcquire()).toBeUndefined();
  });

  it('allows one more after as many successes as the limit, up to the bound', () => {
    const limit = createAdaptiveLimit({ max: 6 });
    const slots = fill(limit);
    for (const slot of slots.slice(0, 2)) slot.release('success');
    slots.push(...fill(limit));
    for (const slot of slots.slice(2, 3)) slot.release('success');
    expect(limit.limit).toBe(4);
    for (const slot of slots.slice(3, 4)) slot.release('success');
    expect(limit.limit).toBe(5);
    for (let trip = 0; trip < 100; trip += 1) keepBusy(limit, 'success');
    expect(limit.limit).toBe(6);
  });

  it('does not grow while less than half of it is in use', () => {
    const limit = createAdaptiveLimit();
    for (let call = 0; call < 1000; call += 1) limit.tryAcquire()?.release('success');
    expect(limit.limit).toBe(4);
  });

  it('begins to count anew after a slow or failed call, and takes no notice of an ignored one', () => {
    const limit = createAdaptiveLimit();
    const held = [limit.tryAcquire(), limit.tryAcquire()];
    const call = (outcome: ConcurrencyOutcome, times: number): void => {
      for (let made = 0; made < times; made += 1) limit.tryAcquire()?.release(outcome);
    };
    call('success', 3);
    call('hold', 1);
    call('success', 3);
    call('ignore', 5);
    expect(limit.limit).toBe(4);
    call('success', 1);
    expect(limit.limit).toBe(5);
    for (const slot of held) slot?.release('ignore');
    expect(limit.inFlight).toBe(0);
  });

  it('halves once for all calls that were running when it halved', () => {
    const limit = createAdaptiveLimit({ initial: 32 });
    round(limit, 'overload');
    expect(limit.limit).toBe(16);
    round(limit, 'overload');
    expect(limit.limit).toBe(8);
    for (let trip = 0; trip < 10; trip += 1) round(limit, 'overload');
    expect(limit.limit).toBe(1);
  });

  it('does not take late successes for a recovery', () => {
    const limit = createAdaptiveLimit({ initial: 16 });
    const [first, ...others] = fill(limit);
    first?.release('overload');
    for (const slot of others) slot.release('success');
    expect(limit.limit).toBe(8);
  });

  it('restarts at the lower bound and grows from there', () => {
    const limit = createAdaptiveLimit({ min: 2, initial: 16 });
    limit.restart();
    expect(limit.limit).toBe(2);
    for (let trip = 0; trip < 3; trip += 1) keepBusy(limit, 'success');
    expect(limit.limit).toBeGreaterThan(2);
  });

  it('releases a slot once', () => {
    const limit = createAdaptiveLimit();
    const slot = limit.tryAcquire();
    slot?.release('overload');
    slot?.release('overload');
    expect(limit).toMatchObject({ inFlight: 0, limit: 2 });
  });

  it.each([
    [{ min: 0 }, 'min is 0'],
    [{ min: 8, max: 4 }, 'max is 4'],
    [{ initial: 1.5 }, 'initial is 1.5'],
  ])('refuses %j', (options, message) => {
    expect(() => createAdaptiveLimit(options)).toThrow(message);
  });
});

/** Like `round`, but every released slot is taken again, so that the limit stays in use. */
function keepBusy(limit: AdaptiveLimit, outcome: ConcurrencyOutcome): void {
  const slots = fill(limit);
  for (const slot of slots) {
    slot.release(outcome);
    slots.push(...(slots.length < 64 ? fill(limit) : []));
  }
}

/** Sends as much as it may to a receiver that refuses what is beyond its capacity. Answers the limit at every moment. */
function simulate(
  limit: AdaptiveLimit,
  params: { readonly seconds: number; readonly latencyMs: () => number; readonly capacityAt: (atMs: number) => number },
): number[] {
  const stepMs = 10;
  const limits: number[] = [];
  let running: { slot: ConcurrencySlot; endsAtMs: number; outcome: ConcurrencyOutcome }[] = [];
  for (let atMs = 0; atMs < params.seconds * 1000; atMs += stepMs) {
    for (const call of running.filter(({ endsAtMs }) => endsAtMs <= atMs)) call.slot.release(call.outcome);
    running = running.filter(({ endsAtMs }) => endsAtMs > atMs);
    for (const slot of fill(limit)) {
      const outcome = running.length < params.capacityAt(atMs) ? 'success' : 'overload';
      running.push({ slot, endsAtMs: atMs + params.latencyMs(), outcome });
    }
    limits.push(limit.limit);
  }
  return limits;
}

const mean = (numbers: number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const latencies = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return 50 + (state / 4_294_967_296) * 200;
  };
};

describe('AdaptiveLimit before a receiver', () => {
  it('settles around the capacity of the receiver within a minute', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seed) => {
        const limits = simulate(createAdaptiveLimit(), {
          seconds: 60,
          latencyMs: latencies(seed),
          capacityAt: () => 8,
        });
        const settled = limits.slice(limits.length / 2);
        expect(mean(settled)).toBeGreaterThanOrEqual(6);
        expect(mean(settled)).toBeLessThanOrEqual(10);
        expect(Math.max(...settled)).toBeLessThanOrEqual(10);
      }),
      { numRuns: 20 },
    );
  });

  it('follows within 10 s when the receiver loses half of its capacity', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seed) => {
        const capacityAt = (atMs: number): number => (atMs < 30_000 ? 16 : 8);
        const limits = simulate(createAdaptiveLimit(), { seconds: 60, latencyMs: latencies(seed), capacityAt });
        const after = limits.slice(limits.length / 2);
        expect(mean(limits.slice(limits.length / 4, limits.length / 2))).toBeGreaterThan(10);
        expect(Math.max(...after.slice(1000))).toBeLessThanOrEqual(10);
      }),
      { numRuns: 20 },
    );
  });
});

describe('AdaptiveLimit in any course of calls', () => {
  const outcomes = fc.constantFrom<ConcurrencyOutcome[]>('success', 'success', 'success', 'hold', 'overload', 'ignore');
  const steps = fc.oneof(
    fc.constant({ kind: 'acquire' as const }),
    fc.record({ kind: fc.constant('release' as const), which: fc.nat(40), outcome: outcomes }),
  );

  it('stays within its bounds, moves by one up or by half down, and knows what is in flight', () => {
    fc.assert(
      fc.property(
        fc.array(steps, { maxLength: 200, size: 'max' }),
        fc.integer({ min: 1, max: 40 }),
        (course, initial) => {
          const limit = createAdaptiveLimit({ initial, min: 2, max: 32 });
          const slots: ConcurrencySlot[] = [];
          for (const step of course) {
            const before = limit.limit;
            const mayRun = slots.length < before;
            const slot = step.kind === 'acquire' ? limit.tryAcquire() : undefined;
            expect(slot !== undefined).toBe(step.kind === 'acquire' && mayRun);
            if (slot !== undefined) slots.push(slot);
            if (step.kind === 'release') {
              slots.splice(step.which % Math.max(slots.length, 1), 1)[0]?.release(step.outcome);
            }
            expect(limit.inFlight).toBe(slots.length);
            expect([before, before + 1, Math.max(Math.ceil(before / 2), 2)]).toContain(limit.limit);
            expect(limit.limit).toBeGreaterThanOrEqual(2);
            expect(limit.limit).toBeLessThanOrEqual(32);
          }
        },
      ),
    );
  });
});

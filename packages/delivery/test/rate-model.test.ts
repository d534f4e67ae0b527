import type { Clock, Storage } from '@postrider/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInstallation, publish } from './support/engine-harness.js';
import { answer } from './support/scripted-sender.js';

type Step =
  | { readonly kind: 'publish'; readonly count: number }
  | { readonly kind: 'pass'; readonly durationMs: number }
  | { readonly kind: 'set_rate'; readonly of: 'application' | 'first' | 'second'; readonly rate: number };

const anyRate = fc.constantFrom(1, 3, 20, 150);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('publish'), count: fc.integer({ min: 1, max: 40 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('pass'), durationMs: fc.constantFrom(1, 40, 900, 3_000, 12_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('set_rate'),
      of: fc.constantFrom('application', 'first', 'second'),
      rate: anyRate,
    }),
  },
);
const history = fc.record({
  rates: fc.record({ application: anyRate, first: anyRate, second: anyRate }),
  steps: fc.array(step, { maxLength: 20, size: 'max' }),
});
type History = typeof history extends fc.Arbitrary<infer One> ? One : never;

/** Processes go by what they read at most so long ago. */
const staleMs = 2_000;
/** What may pass at once, in seconds of the rate, and always one. */
const burstSeconds = 0.01;

interface Defect {
  readonly clock?: (real: Clock) => Clock;
  readonly storage?: (real: Storage) => Storage;
}

/** One rate with its past, and the requests that it bounds. */
class Bound {
  readonly #changes: { readonly atMs: number; readonly rate: number }[] = [];
  readonly startsMs: number[] = [];

  set(rate: number, atMs: number): void {
    this.#changes.push({ atMs, rate });
  }

  /** The first window with more requests than the highest rate of its time, and its burst, let pass. */
  violation(): string | undefined {
    for (const [first, fromMs] of this.startsMs.entries()) {
      for (let last = first + 1; last < this.startsMs.length; last += 1) {
        const untilMs = this.startsMs[last] ?? 0;
        const rate = this.#highest(fromMs - staleMs, untilMs);
        const allowed = Math.max(1, rate * burstSeconds) + (rate * (untilMs - fromMs)) / 1_000;
        const started = last - first + 1;
        if (started > allowed + 1e-6) return `${started} in ${untilMs - fromMs} ms at ${rate}/s`;
      }
    }
    return undefined;
  }

  #highest(fromMs: number, untilMs: number): number {
    const inForce = this.#changes.filter(
      ({ atMs }, index) => atMs <= untilMs && (this.#changes[index + 1]?.atMs ?? Infinity) >= fromMs,
    );
    return Math.max(...inForce.map(({ rate }) => rate));
  }
}

/** Lives through a history and names the rates that were exceeded. */
async function live({ rates, steps }: History, defect: Defect = {}): Promise<readonly string[]> {
  const place = await createInstallation();
  const application = await place.addApplication({ throttleRate: rates.application });
  const endpoints = {
    first: await place.addEndpoint(application, { throttleRate: rates.first }),
    second: await place.addEndpoint(application, { throttleRate: rates.second }),
  };
  const bounds = { application: new Bound(), first: new Bound(), second: new Bound() };
  for (const name of ['application', 'first', 'second'] as const) bounds[name].set(rates[name], place.clock.nowMs());
  const { engine, sender } = place.createEngine(
    { routeTtlMs: staleMs },
    {
      clock: defect.clock?.(place.clock) ?? place.clock,
      storage: defect.storage?.(place.storage) ?? place.storage,
    },
  );
  sender.script = ({ url }) => {
    bounds.application.startsMs.push(place.clock.nowMs());
    bounds[url === endpoints.first.url ? 'first' : 'second'].startsMs.push(place.clock.nowMs());
    return answer(200);
  };
  await engine.start();
  const current = { application, ...endpoints };
  for (const one of steps) {
    if (one.kind === 'publish') {
      await Promise.all(Array.from({ length: one.count }, () => publish(engine, application)));
    } else if (one.kind === 'pass') {
      await place.clock.advance(one.durationMs);
    } else {
      bounds[one.of].set(one.rate, place.clock.nowMs());
      if (one.of === 'application') {
        current.application = {
          ...current.application,
          throttleRate: one.rate,
          version: current.application.version + 1,
        };
        await place.storage.replaceApplication({ application: current.application });
      } else {
        current[one.of] = { ...current[one.of], throttleRate: one.rate, version: current[one.of].version + 1 };
        await place.storage.replaceEndpoint({ endpoint: current[one.of] });
      }
    }
  }
  const violations = Object.entries(bounds).flatMap(([name, bound]) => {
    const violation = bound.violation();
    return violation === undefined ? [] : [`${name}: ${violation}`];
  });
  await engine.stop();
  return violations;
}

describe('rates of endpoints and applications', () => {
  it('hold over any window, whatever is published and however they are changed', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (one) => {
        expect(await live(one)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  const instead = <T extends object>(real: T, changed: Partial<T>): T =>
    new Proxy(real, {
      get: (target, name) => {
        const value: unknown = Reflect.get(changed, name) ?? Reflect.get(target, name, target);
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
      },
    });

  it.each<[string, Defect]>([
    [
      'goes by a clock that is too fast',
      { clock: (real) => instead(real, { monotonicMs: () => real.monotonicMs() * 1.5 }) },
    ],
    [
      'never hears of a rate that was lowered',
      {
        storage: (real) => {
          let first: Awaited<ReturnType<Storage['loadRoutes']>>;
          return instead(real, { loadRoutes: async (params) => (first ??= await real.loadRoutes(params)) });
        },
      },
    ],
  ])(
    'are seen to be exceeded by an engine that %s',
    async (_bug, defect) => {
      const found = await fc.check(
        fc.asyncProperty(history, async (one) => {
          expect(await live(one, defect)).toEqual([]);
        }),
        { numRuns: 200, seed: 1, endOnFailure: true },
      );
      expect(found.failed).toBe(true);
    },
    120_000,
  );
});

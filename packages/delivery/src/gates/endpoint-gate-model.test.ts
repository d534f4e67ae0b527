import { createLocalState, defineBreakerPolicy } from '@postrider/resilience';
import { createSeededRandom, FakeClock } from '@postrider/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer, failure } from '../../test/support/scripted-sender.js';
import { classifyOutcome } from '../sender/classify-outcome.js';
import type { SendResult } from '../sender/sender.js';
import { EndpointGate, type Passage } from './endpoint-gate.js';
import type { GateBreaker, GateBreakerOptions } from './gate-breaker.js';
import { LocalGateBreaker } from './local-gate-breaker.js';
import { SharedGateBreaker } from './shared-gate-breaker.js';

const policy = defineBreakerPolicy({ probeLeaseMs: 40_000 });
const cap = 8;

type Step =
  | { readonly kind: 'enter' }
  | { readonly kind: 'pass'; readonly durationMs: number }
  | { readonly kind: 'leave'; readonly pick: number; readonly result: SendResult | undefined };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step>({ kind: 'enter' }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass'), durationMs: fc.constantFrom(1, 500, 20_000, 39_000, 800_000) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('leave'),
      pick: fc.nat(),
      result: fc.oneof(
        {
          weight: 3,
          arbitrary: fc.constantFrom(answer(500), failure('timeout'), { ...failure('dns_error'), lasting: true }),
        },
        { weight: 2, arbitrary: fc.constantFrom(answer(200), answer(200, { durationMs: 12_000 }), answer(429)) },
        { weight: 1, arbitrary: fc.constantFrom(undefined, failure('aborted')) },
      ),
    }),
  },
);

interface Kind {
  readonly name: string;
  readonly create: (options: GateBreakerOptions, clock: FakeClock) => GateBreaker;
}

const kinds: readonly Kind[] = [
  { name: 'of its own', create: (options) => new LocalGateBreaker(options, undefined) },
  {
    name: 'that is shared',
    create: (options, clock) => {
      const shared = createLocalState({ clock, random: options.random });
      return new SharedGateBreaker({ ...options, shared, subject: 'ep_1' }, undefined);
    },
  },
];

/** Lives through the steps as the dispatcher does, and names what must never be. */
async function live(create: Kind['create'], steps: readonly Step[]): Promise<readonly string[]> {
  const violations: string[] = [];
  const clock = new FakeClock();
  const random = createSeededRandom(1);
  const gate = new EndpointGate(
    {
      nowMs: () => clock.nowMs(),
      createBreaker: (_snapshot, onTransition) =>
        create(
          { nowMs: () => clock.nowMs(), random: () => random.next(), policy, mayOpen: () => true, onTransition },
          clock,
        ),
      onTransition: () => undefined,
    },
    { cap, learned: undefined },
  );
  const running: { passage: Passage; probe: boolean; sinceMs: number }[] = [];
  const demand = (holds: boolean, violation: string): void => void (holds || violations.push(violation));
  for (const one of steps) {
    if (one.kind === 'pass') {
      await clock.advance(one.durationMs);
    } else if (one.kind === 'enter') {
      // A breaker that is not closed must see to it by itself that there is one probe, however many ask.
      if (running.length >= (gate.breakerState === 'closed' ? gate.limit : cap)) continue;
      const before = gate.snapshot();
      const { passage } = await gate.enter();
      if (passage === undefined) continue;
      const isOpen = before.state === 'open' && before.openUntilMs > clock.nowMs();
      demand(!isOpen, 'a request was let through while the breaker was open');
      const probe = gate.breakerState === 'half_open';
      const others = running.filter((other) => other.probe && clock.nowMs() - other.sinceMs < policy.probeLeaseMs);
      demand(!probe || others.length === 0, 'two probes were under way');
      running.push({ passage, probe, sinceMs: clock.nowMs() });
      demand(running.length <= cap, 'more requests were under way than the endpoint bears');
    } else {
      const [gone] = running.splice(one.pick % Math.max(1, running.length), 1);
      const { result } = one;
      await gone?.passage.leave(result && { outcome: classifyOutcome(result), durationMs: result.durationMs });
      if (gate.breakerState !== 'half_open') for (const other of running) other.probe = false;
    }
    demand(gate.limit >= 1 && gate.limit <= cap, `a limit of ${gate.limit}`);
    demand(gate.breakerState === 'closed' || gate.limit === 1, 'more than one at once while the breaker is not closed');
  }
  // Whatever happened: a receiver that is well again is delivered to again.
  for (const { passage } of running) await passage.leave();
  for (let n = 0; n < 10 && gate.breakerState !== 'closed'; n += 1) {
    await clock.advance(800_000);
    const { passage } = await gate.enter();
    await passage?.leave({ outcome: classifyOutcome(answer(200)), durationMs: 5 });
  }
  demand(gate.breakerState === 'closed', 'the breaker never closed again');
  return violations;
}

describe('a gate', () => {
  it.each(kinds)('with a breaker $name keeps its promises whatever happens', async ({ create }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), async (steps) => {
        expect(await live(create, steps)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  const spoil =
    (change: (real: GateBreaker) => Partial<GateBreaker>): Kind['create'] =>
    (options) => {
      const real = new LocalGateBreaker(options, undefined);
      const changed = change(real);
      return new Proxy<GateBreaker>(real, {
        get: (target, name) => {
          const value: unknown = Reflect.get(changed, name) ?? Reflect.get(target, name, target);
          return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
        },
      });
    };

  it.each<[string, Kind['create']]>([
    [
      'lets requests through while it is open',
      spoil(() => ({ acquire: () => ({ allowed: true, permit: { generation: 1, probe: undefined } }) })),
    ],
    ['never hears of a result', spoil(() => ({ record: () => undefined }))],
    [
      'gives out probe after probe',
      spoil((real) => ({
        acquire: () => {
          const admission = real.acquire();
          if (admission instanceof Promise || admission.allowed || admission.reason !== 'probing') return admission;
          return { allowed: true, permit: { generation: real.generation, probe: undefined } };
        },
      })),
    ],
  ])('is found out when its breaker %s', async (_bug, create) => {
    const found = await fc.check(
      fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), async (steps) => {
        expect(await live(create, steps)).toEqual([]);
      }),
      { numRuns: 2_000, seed: 1, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  });
});

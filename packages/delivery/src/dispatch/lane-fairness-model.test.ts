import { FakeClock } from '@postrider/core/testing';
import type { Message } from '@postrider/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJob, OutboundMessage, type DeliveryJob } from './delivery-job.js';
import { Dispatcher } from './dispatcher.js';
import type { LaneGuard, Pace } from './lane-guard.js';
import { LaneHolds } from './lane-holds.js';

const maxInFlight = 8;
const slots: Readonly<Record<Pace, number>> = { quick: maxInFlight, unknown: maxInFlight / 4, slow: maxInFlight / 2 };
const limit = 3;
const outbound = new OutboundMessage({ id: 'msg_1', payload: '{}' } as Message);

type Step =
  | { readonly kind: 'offer'; readonly lane: number }
  | { readonly kind: 'finish'; readonly pick: number; readonly pace: Pace };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('offer'), lane: fc.integer({ min: 0, max: 9 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('finish'),
      pick: fc.nat(),
      pace: fc.constantFrom<Pace[]>('quick', 'quick', 'slow'),
    }),
  },
);
const steps = fc.array(step, { maxLength: 100, size: 'max' });

interface Defect {
  readonly guard?: (real: LaneGuard) => Partial<LaneGuard>;
  /** Slots of these requests are never free again. */
  readonly leaks?: (requests: number) => boolean;
}

/** An endpoint as an onlooker sees it. */
interface Seen {
  pace: Pace;
  waiting: number;
  running: number;
  /** How often each other lane of its ring was served while this one waited and had nothing running. */
  overtakenBy: Map<string, number>;
}

/** Lives through the steps and names what must never be. */
async function live(all: readonly Step[], defect: Defect = {}): Promise<readonly string[]> {
  const violations: string[] = [];
  const lanes = new Map<string, Seen>();
  const laneOf = (endpointId: string): Seen => {
    const seen = lanes.get(endpointId) ?? { pace: 'unknown', waiting: 0, running: 0, overtakenBy: new Map() };
    lanes.set(endpointId, seen);
    return seen;
  };
  const running: { endpointId: string; pace: Pace; end: () => void }[] = [];
  const real: LaneGuard = {
    limit: () => limit,
    pace: (endpointId) => laneOf(endpointId).pace,
    laneDepth: () => Infinity,
    rateWait: () => undefined,
  };
  let requests = 0;
  const start = (endpointId: string): void => {
    const own = laneOf(endpointId);
    own.waiting -= 1;
    own.running += 1;
    own.overtakenBy.clear();
    for (const [otherId, other] of lanes) {
      if (otherId === endpointId || other.pace !== own.pace || other.waiting === 0 || other.running > 0) continue;
      const times = (other.overtakenBy.get(endpointId) ?? 0) + 1;
      other.overtakenBy.set(endpointId, times);
      if (times > 1) violations.push(`${endpointId} was served twice while ${otherId} waited`);
    }
  };
  const dispatcher = new Dispatcher({
    maxInFlight,
    maxLeased: 1_000,
    laneDepth: 100,
    guard: { ...real, ...defect.guard?.(real) },
    createHolds: (parts) => new LaneHolds({ ...parts, clock: new FakeClock(), held: () => undefined }),
    retriesYield: () => false,
    perform: async (job) => {
      requests += 1;
      const leaks = defect.leaks?.(requests) === true;
      start(job.endpointId);
      const ended = Promise.withResolvers<void>();
      running.push({ endpointId: job.endpointId, pace: laneOf(job.endpointId).pace, end: () => ended.resolve() });
      await ended.promise;
      if (leaks) await new Promise(() => undefined);
      dispatcher.release(job);
    },
  });
  dispatcher.open();

  for (const [index, one] of all.entries()) {
    if (one.kind === 'offer') {
      const endpointId = `ep_${one.lane}`;
      laneOf(endpointId).waiting += 1;
      dispatcher.admit(jobFor(endpointId, index));
    } else {
      const [gone] = running.splice(one.pick % Math.max(1, running.length), 1);
      if (gone === undefined) continue;
      const lane = laneOf(gone.endpointId);
      lane.running -= 1;
      lane.pace = one.pace;
      for (const { overtakenBy } of lanes.values()) overtakenBy.delete(gone.endpointId);
      lane.overtakenBy.clear();
      gone.end();
      for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
    }
    const held = (pace: Pace): number => running.filter((other) => other.pace === pace).length;
    for (const pace of ['unknown', 'slow'] as const) {
      if (held(pace) > slots[pace]) violations.push(`${held(pace)} slots are held by endpoints that are ${pace}`);
    }
    for (const [endpointId, lane] of lanes) {
      const hasPlace = running.length < maxInFlight && held(lane.pace) < slots[lane.pace];
      const starves = lane.waiting > 0 && lane.running === 0 && hasPlace;
      if (starves) violations.push(`${endpointId} starves beside free slots`);
    }
  }
  return violations;
}

function jobFor(endpointId: string, index: number): DeliveryJob {
  return createJob({
    lease: { applicationId: 'app_1', messageId: 'msg_1', deliveryId: `dlv_${index}`, leaseToken: 1 },
    delivery: { endpointId, trigger: 'scheduled', attemptCount: 0, firstAttemptAt: undefined },
    outbound,
    leaseUntilMs: 0,
  });
}

describe('lanes of every pace', () => {
  it('never starve beside free slots, never hold more than their part, and are served in turn', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        expect(await live(all)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  const asked = (): ((endpointId: string) => boolean) => {
    let times = 0;
    return (endpointId) => endpointId !== 'ep_0' && (times += 1) % 3 === 0;
  };
  it.each<[string, Defect]>([
    ['keeps slots of requests that have ended', { leaks: (requests) => requests % 3 === 0 }],
    ['takes every endpoint for a quick one', { guard: () => ({ pace: () => 'quick' }) }],
    [
      'holds a lane that need not wait',
      {
        guard: () => ({
          rateWait: (endpointId) =>
            endpointId === 'ep_1'
              ? { scope: 'endpoint', key: endpointId, applicationId: 'app_1', endpointId, waitMs: 1_000 }
              : undefined,
        }),
      },
    ],
    [
      'passes lanes over now and then',
      {
        guard: () => {
          const isPassedOver = asked();
          return { limit: (endpointId) => (isPassedOver(endpointId) ? 0 : limit) };
        },
      },
    ],
  ])('are found out when the dispatcher %s', async (_bug, defect) => {
    const found = await fc.check(
      fc.asyncProperty(steps, async (all) => {
        expect(await live(all, defect)).toEqual([]);
      }),
      { numRuns: 1_000, seed: 1, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  });
});

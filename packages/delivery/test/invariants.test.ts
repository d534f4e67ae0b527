import type { Delivery } from '@postrider/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sender } from '../src/sender/sender.js';
import { keyOf, World, type CrashPoint, type Defect, type ReceiverMood } from './support/world.js';

type Step =
  | { readonly kind: 'publish'; readonly process: number; readonly count: number }
  | { readonly kind: 'pass'; readonly durationMs: number }
  | { readonly kind: 'kill' | 'restart' | 'drain' | 'lose_storage' | 'find_storage'; readonly process: number }
  | { readonly kind: 'kill_at'; readonly process: number; readonly point: CrashPoint }
  | { readonly kind: 'resend'; readonly process: number; readonly pick: number }
  | { readonly kind: 'set_endpoint'; readonly pick: number; readonly disabled: boolean };

const process = fc.integer({ min: 0, max: 1 });
const pick = fc.nat({ max: 50 });
const point: fc.Arbitrary<CrashPoint> = fc.record({
  method: fc.constantFrom(
    'appendMessages',
    'recordOutcomes',
    'claimDue',
    'renewLeases',
    'reapExpired',
    'releaseLeases',
  ),
  moment: fc.constantFrom('before', 'after'),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('publish'), process, count: fc.integer({ min: 1, max: 8 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('pass'), durationMs: fc.constantFrom(0, 10, 30, 700, 15_000, 40_000) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('kill', 'restart', 'restart', 'drain', 'drain', 'lose_storage', 'find_storage'),
      process,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('kill_at'), process, point }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resend'), process, pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('set_endpoint'), pick, disabled: fc.boolean() }) },
);
const mood: fc.Arbitrary<ReceiverMood> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<ReceiverMood>(200) },
  { weight: 6, arbitrary: fc.constantFrom<ReceiverMood[]>(429, 500, 'silent', 'refused', 'own_fault') },
  { weight: 1, arbitrary: fc.constantFrom<ReceiverMood[]>(410, 413) },
);
/** Receivers that fail for so long that their breakers open. */
const storm: fc.Arbitrary<ReceiverMood[]> = fc
  .record({
    bad: fc.constantFrom<ReceiverMood[]>(500, 'silent', 'refused'),
    times: fc.integer({ min: 20, max: 60 }),
  })
  .map(({ bad, times }) => [...Array.from({ length: times }, () => bad), 200, 200, bad, 200]);
const history = fc.record({
  moods: fc.oneof(
    { weight: 3, arbitrary: fc.array(mood, { minLength: 1, maxLength: 12, size: 'max' }) },
    { weight: 2, arbitrary: storm },
  ),
  steps: fc.array(step, { maxLength: 25, size: 'max' }),
});

async function take(world: World, one: Step): Promise<void> {
  switch (one.kind) {
    case 'publish':
      return world.publish(one.process, one.count);
    case 'pass':
      return world.place.clock.advance(one.durationMs);
    case 'kill':
      return world.kill(one.process);
    case 'kill_at':
      return world.killAt(one.process, one.point);
    case 'restart':
      return world.startProcess(one.process);
    case 'drain':
      return world.drain(one.process);
    case 'lose_storage':
      return world.setStorage(one.process, false);
    case 'find_storage':
      return world.setStorage(one.process, true);
    case 'resend':
      return world.resend(one.process, one.pick);
    case 'set_endpoint':
      return world.setEndpoint(one.pick, one.disabled);
  }
}

const ended = new Set(['delivered', 'dead_letter', 'cancelled']);

/** What may never change again. */
function endOf({ status, reason, endedAt, attemptCount }: Delivery): string {
  return JSON.stringify({ status, reason, endedAt, attemptCount });
}

/** Watches a world and names what breaks the contract of delivery. */
class Watch {
  readonly violations: string[] = [];
  readonly #world: World;
  readonly #ends = new Map<string, string>();
  readonly #requestsAtSuccess = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  /** What must hold at every moment. */
  async look(): Promise<void> {
    for (const messageId of this.#world.accepted) {
      this.#demand(await this.#world.knows(messageId), `${messageId} was accepted but is not stored`);
    }
    for (const delivery of await this.#world.deliveries()) {
      if (ended.has(delivery.status)) this.#lookAtEnded(delivery);
    }
  }

  /** What must hold some time after the last fault. */
  async lookBack(): Promise<void> {
    const world = this.#world;
    const deliveries = await world.deliveries();
    for (const { id, status } of deliveries) this.#demand(ended.has(status), `${id} is still ${status}`);
    const scheduled = deliveries.filter(({ trigger }) => trigger === 'scheduled');
    for (const id of world.endpointsUnchanged ? world.accepted : []) {
      const count = scheduled.filter(({ messageId }) => messageId === id).length;
      this.#demand(count === 2, `${id} matched two endpoints but has ${count} deliveries`);
    }
    const attempts = await world.attempts('all');
    for (const [key, requests] of world.seen) {
      this.#demand((attempts.get(key) ?? 0) >= requests, `${key}: a request that was seen is not on record`);
    }
    // A delivery is taken from its worker only after something happened to that worker.
    const unknown = world.undisturbed ? (await world.attempts('unknown')).size : 0;
    this.#demand(unknown === 0, `${unknown} deliveries were taken from workers in good health`);
  }

  #lookAtEnded(delivery: Delivery): void {
    const end = endOf(delivery);
    this.#demand((this.#ends.get(delivery.id) ?? end) === end, `${delivery.id} changed after it had ended`);
    this.#ends.set(delivery.id, end);
    const key = keyOf(delivery.messageId, delivery.endpointId);
    if (delivery.status !== 'delivered' || this.#world.resent.has(key)) return;
    const requests = this.#world.seen.get(key) ?? 0;
    const atSuccess = this.#requestsAtSuccess.get(key) ?? requests;
    this.#demand(requests === atSuccess, `${key}: a request was made after a success was recorded`);
    this.#requestsAtSuccess.set(key, atSuccess);
  }

  #demand(holds: boolean, violation: string): void {
    if (!holds) this.violations.push(violation);
  }
}

/** Lives through a history and returns what broke the contract on the way or at the end. */
async function live(params: {
  readonly moods: readonly ReceiverMood[];
  readonly steps: readonly Step[];
  readonly defect?: Defect;
  /** Told how often breakers opened. */
  readonly opened?: (times: number) => void;
}): Promise<readonly string[]> {
  const world = await World.create(params);
  const watch = new Watch(world);
  for (const one of params.steps) {
    await take(world, one);
    await world.place.clock.advance(1);
    await watch.look();
  }
  params.opened?.(world.openings);
  await world.heal();
  await watch.look();
  await watch.lookBack();
  return watch.violations;
}

describe('whatever happens to processes, storage and receivers', () => {
  it('nothing accepted is lost, nothing ended changes, and every request is on record', async () => {
    let openings = 0;
    const opened = (times: number): void => void (openings += times);
    await fc.assert(
      fc.asyncProperty(history, async (one) => {
        expect(await live({ ...one, opened })).toEqual([]);
      }),
      { numRuns: 150 },
    );
    expect(openings, 'no history opened a breaker').toBeGreaterThan(0);
  }, 120_000);
});

describe('the checks', () => {
  const finds = async (defect: Defect): Promise<boolean> => {
    const result = await fc.check(
      fc.asyncProperty(history, async (one) => {
        expect(await live({ ...one, defect })).toEqual([]);
      }),
      { numRuns: 300, seed: 1, endOnFailure: true },
    );
    return result.failed;
  };

  it('find a store that answers before it has committed', async () => {
    const storage: Defect['storage'] = (real, { defer }) => ({
      ...real,
      appendMessages: async (params) => {
        defer(() => void real.appendMessages(params));
        return params.entries.map(() => ({ outcome: 'appended' }));
      },
    });
    expect(await finds({ storage })).toBe(true);
  }, 120_000);

  it('find leases that nobody takes back', async () => {
    const storage: Defect['storage'] = (real) => ({ ...real, reapExpired: async () => ({ reaped: 0 }) });
    expect(await finds({ storage })).toBe(true);
  }, 120_000);

  it('find claims that take what others hold', async () => {
    const storage: Defect['storage'] = (real) => ({
      ...real,
      claimDue: async (params) => {
        const now = new Date(params.now.getTime() + 60_000);
        await real.reapExpired({ now, limit: 1, nextAttemptId: () => `atmpt_${params.now.getTime()}` });
        return real.claimDue(params);
      },
    });
    expect(await finds({ storage })).toBe(true);
  }, 120_000);

  it('find requests that are made twice', async () => {
    const sender = (real: Sender): Sender => ({
      ...real,
      send: async (request) => {
        const result = await real.send(request);
        return result.kind === 'error' && result.error === 'connection_refused' ? real.send(request) : result;
      },
    });
    expect(await finds({ sender })).toBe(true);
  }, 120_000);
});

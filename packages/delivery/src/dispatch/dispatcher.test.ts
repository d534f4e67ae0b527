import type { Message } from '@postrider/core';
import { FakeClock } from '@postrider/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../test/support/scripted-sender.js';
import { LaneHolds } from './lane-holds.js';
import { createJob, OutboundMessage, type DeliveryJob } from './delivery-job.js';
import { Dispatcher, type DispatcherOptions } from './dispatcher.js';

const outbound = new OutboundMessage({ id: 'msg_1', payload: '{}' } as Message);

function jobFor(endpointId: string, deliveryId: string, attemptCount = 0): DeliveryJob {
  return createJob({
    lease: { applicationId: 'app_1', messageId: 'msg_1', deliveryId, leaseToken: 1 },
    delivery: { endpointId, trigger: 'scheduled', attemptCount, firstAttemptAt: undefined },
    outbound,
    leaseUntilMs: 0,
  });
}

/** A dispatcher whose attempts are ended by hand. */
function createManual(
  options: Partial<DispatcherOptions> & { readonly perEndpointConcurrency?: number; readonly isOpen?: boolean } = {},
) {
  const { perEndpointConcurrency = 4, isOpen = true, ...given } = options;
  const started: string[] = [];
  const gates = new Map<string, () => void>();
  const dispatcher = new Dispatcher({
    maxInFlight: 64,
    maxLeased: 1_000,
    laneDepth: 100,
    guard: {
      limit: () => perEndpointConcurrency,
      pace: () => 'quick',
      laneDepth: () => Infinity,
      rateWait: () => undefined,
    },
    createHolds: (parts) => new LaneHolds({ ...parts, clock: new FakeClock(), held: () => undefined }),
    retriesYield: () => false,
    ...given,
    perform: async (job) => {
      started.push(job.lease.deliveryId);
      const gate = createGate<void>();
      gates.set(job.lease.deliveryId, () => gate.open());
      await gate.promise;
      dispatcher.release(job);
    },
  });
  if (isOpen) dispatcher.open();
  const finish = async (deliveryId: string): Promise<void> => {
    gates.get(deliveryId)?.();
    gates.delete(deliveryId);
    for (let i = 0; i < 4; i += 1) await Promise.resolve();
  };
  const offer = (endpointId: string, deliveryId: string): boolean =>
    dispatcher.reserve(endpointId) && dispatcher.accept(jobFor(endpointId, deliveryId));
  return { dispatcher, started, finish, offer, running: () => [...gates.keys()] };
}

describe('a dispatcher', () => {
  it('starts at once what fits, and the rest in the order of arrival', async () => {
    const { started, finish, offer } = createManual({ perEndpointConcurrency: 2 });
    for (const id of ['a', 'b', 'c', 'd']) offer('ep_1', id);
    expect(started).toEqual(['a', 'b']);
    await finish('b');
    expect(started).toEqual(['a', 'b', 'c']);
    await finish('a');
    expect(started).toEqual(['a', 'b', 'c', 'd']);
  });

  it('serves lanes in turn when slots are scarce', async () => {
    const { started, finish, offer } = createManual({ maxInFlight: 1 });
    for (const id of ['a1', 'a2', 'a3']) offer('ep_a', id);
    for (const id of ['b1', 'b2']) offer('ep_b', id);
    offer('ep_c', 'c1');
    for (const id of ['a1', 'a2', 'b1', 'c1', 'a3', 'b2']) {
      expect(started.at(-1)).toBe(id);
      await finish(id);
    }
  });

  it('starts a healthy endpoint at once although slow ones hold all they can get', () => {
    const { started, offer } = createManual({ maxInFlight: 64, perEndpointConcurrency: 64 });
    for (let lane = 0; lane < 8; lane += 1) {
      for (let n = 0; n < 40; n += 1) offer(`ep_slow_${lane}`, `slow_${lane}_${n}`);
    }
    expect(offer('ep_healthy', 'healthy')).toBe(true);
    expect(started.at(-1)).toBe('healthy');
  });

  it('refuses what does not fit: a full lane, a full process', () => {
    const { dispatcher, offer } = createManual({ laneDepth: 3, maxLeased: 20 });
    expect(['a', 'b', 'c', 'd'].map((id) => offer('ep_1', id))).toEqual([true, true, true, false]);
    let others = 0;
    while (offer(`ep_x${others}`, `x${others}`)) others += 1;
    expect(others).toBe(17);
    expect(dispatcher.room).toBe(0);
    expect(dispatcher.reserve('ep_new')).toBe(false);
  });

  it('counts a promised place until it is used or given back', () => {
    const { dispatcher } = createManual({ laneDepth: 2, maxLeased: 100 });
    expect(dispatcher.reserve('ep_1')).toBe(true);
    expect(dispatcher.reserve('ep_1')).toBe(true);
    expect(dispatcher.reserve('ep_1')).toBe(false);
    expect(dispatcher.room).toBe(98);
    dispatcher.cancelReservation('ep_1');
    dispatcher.cancelReservation('ep_1');
    expect(dispatcher.room).toBe(100);
    expect(dispatcher.laneCount).toBe(0);
  });

  it('closes: hands back what waits, takes and starts nothing more, and is idle after the last attempt', async () => {
    const { dispatcher, started, finish, offer } = createManual({ perEndpointConcurrency: 1 });
    for (const id of ['a', 'b', 'c']) offer('ep_1', id);
    dispatcher.reserve('ep_2');
    expect(dispatcher.close().map(({ lease }) => lease.deliveryId)).toEqual(['b', 'c']);
    expect(dispatcher.accept(jobFor('ep_2', 'd'))).toBe(false);
    expect(dispatcher.admit(jobFor('ep_2', 'e'))).toBe('closed');
    expect(dispatcher.reserve('ep_3')).toBe(false);
    let idle = false;
    void dispatcher.idle().then(() => (idle = true));
    expect(idle).toBe(false);
    await finish('a');
    expect(idle).toBe(true);
    expect(started).toEqual(['a']);
    expect(dispatcher.laneCount).toBe(0);
  });

  it.each([
    [true, ['r0', 'f1', 'f2', 'r1', 'r2']],
    [false, ['r0', 'r1', 'f2', 'r2', 'f1']],
  ])('lets first attempts go before retries while these yield: %j', async (yields, order) => {
    const { dispatcher, started, finish } = createManual({ maxInFlight: 1, retriesYield: () => yields });
    for (const id of ['r0', 'r1', 'r2']) dispatcher.admit(jobFor('ep_a', id, 1));
    dispatcher.admit(jobFor('ep_a', 'f1'));
    dispatcher.admit(jobFor('ep_b', 'f2'));
    for (const id of order) await finish(id);
    expect(started).toEqual(order);
    expect(dispatcher.laneCount).toBe(0);
  });

  it('turns away what would wait for long, but takes one however slow the rate is', () => {
    const { dispatcher, started } = createManual({
      perEndpointConcurrency: 1,
      guard: { limit: () => 1, pace: () => 'quick', laneDepth: () => 2, rateWait: () => undefined },
    });
    const ids = ['a', 'b', 'c', 'd'];
    const answers = ids.map((id) => dispatcher.admit(jobFor('ep_1', id)));
    expect(answers).toEqual(['admitted', 'admitted', 'admitted', 'crowded']);
    expect(started).toEqual(['a']);
    expect(dispatcher.reserve('ep_1')).toBe(false);
    // It stays in hand until it is given back.
    expect(dispatcher.leased.size).toBe(4);
  });

  it('takes nothing before it is opened', () => {
    const { dispatcher } = createManual({ isOpen: false });
    expect(dispatcher.reserve('ep_1')).toBe(false);
    expect(dispatcher.admit(jobFor('ep_1', 'a'))).toBe('closed');
  });

  it('keeps its bounds, loses nothing and ends empty under any sequence of offers and completions', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('offer' as const), lane: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ kind: fc.constant('admit' as const), lane: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ kind: fc.constant('finish' as const), pick: fc.nat() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
        const place = createManual({ maxInFlight: 6, perEndpointConcurrency: 3, laneDepth: 8, maxLeased: 40 });
        const accepted: string[] = [];
        const perLane = (id: string): number => place.running().filter((other) => other[0] === id[0]).length;
        for (const [index, one] of steps.entries()) {
          if (one.kind === 'finish') {
            const running = place.running();
            const id = running[one.pick % Math.max(1, running.length)];
            if (id !== undefined) await place.finish(id);
          } else {
            const id = `${one.lane}-${index}`;
            const taken =
              one.kind === 'offer'
                ? place.offer(`ep_${one.lane}`, id)
                : place.dispatcher.admit(jobFor(`ep_${one.lane}`, id));
            if (taken) accepted.push(id);
          }
          expect(place.dispatcher.inFlight).toBe(place.running().length);
          expect(place.dispatcher.inFlight).toBeLessThanOrEqual(6);
          for (const id of place.running()) expect(perLane(id)).toBeLessThanOrEqual(3);
          // Never a free slot beside an endpoint that waits and has nothing running.
          const waiting = [...place.dispatcher.leased].filter((job) => !place.started.includes(job.lease.deliveryId));
          const starving = waiting.filter((job) => perLane(job.lease.deliveryId) === 0);
          expect(starving.length > 0 && place.dispatcher.inFlight < 6).toBe(false);
        }
        for (let [id] = place.running(); id !== undefined; [id] = place.running()) await place.finish(id);
        expect(place.started.toSorted()).toEqual(accepted.toSorted());
        expect(place.dispatcher.leased.size).toBe(0);
        expect(place.dispatcher.laneCount).toBe(0);
      }),
    );
  });
});

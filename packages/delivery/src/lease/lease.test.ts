import { describe, expect, it } from 'vitest';
import { createInstallation, publish } from '../../test/support/engine-harness.js';
import { createFaultyStorage, unavailable } from '../../test/support/faulty-storage.js';
import { answer, createGate } from '../../test/support/scripted-sender.js';

const neverAnswers = () => createGate<never>().promise;

async function createPlace() {
  const place = await createInstallation();
  const application = await place.addApplication();
  await place.addEndpoint(application);
  return { place, application, faulty: createFaultyStorage(place.storage) };
}

describe('a lease', () => {
  it('is kept as long as its worker lives, however long the attempt takes', async () => {
    const { place, application } = await createPlace();
    const first = place.createEngine();
    const second = place.createEngine();
    const gate = createGate<void>();
    first.sender.script = async () => {
      await gate.promise;
      return answer(200);
    };
    await Promise.all([first.engine.start(), second.engine.start()]);
    const message = await publish(first.engine, application);
    await place.clock.advance(10 * 60_000);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'in_flight', leaseToken: 1 }]);
    gate.open();
    await place.clock.advance(10);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered', leaseToken: 1 }]);
    expect(second.sender.requests).toEqual([]);
    await Promise.all([first.engine.stop(), second.engine.stop()]);
  });

  it('is not renewed before it has aged: at full load most never need it', async () => {
    const { place, application, faulty } = await createPlace();
    const renewed: number[] = [];
    faulty.before('renewLeases', (params) => renewed.push((params as { leases: readonly unknown[] }).leases.length));
    const { engine, sender } = place.createEngine({}, { storage: faulty.storage });
    sender.script = neverAnswers;
    await engine.start();
    await place.clock.advance(9_000);
    await publish(engine, application);
    await place.clock.advance(2_000);
    expect(renewed).toEqual([]);
    await place.clock.advance(10_000);
    expect(renewed).toEqual([1]);
    await engine.stop();
  });

  it('of a worker that vanished is taken back within lease, reaper and poll interval', async () => {
    const { place, application, faulty } = await createPlace();
    const first = place.createEngine({}, { storage: faulty.storage });
    first.sender.script = neverAnswers;
    await first.engine.start();
    const message = await publish(first.engine, application);
    const diedAtMs = place.clock.nowMs();
    for (const method of ['recordOutcomes', 'renewLeases', 'reapExpired', 'claimDue'] as const) {
      faulty.before(method, () => {
        throw unavailable();
      });
    }
    const second = place.createEngine();
    await second.engine.start();
    while (second.sender.requests.length === 0) await place.clock.advance(500);
    expect(place.clock.nowMs() - diedAtMs).toBeLessThanOrEqual(60_000 + 15_000 + 2_000);
    await place.clock.advance(10);
    expect(await place.deliveriesOf(message.id)).toMatchObject([
      { status: 'delivered', leaseToken: 2, attemptCount: 1 },
    ]);
    expect((await place.attemptsOf(message)).map(({ outcome }) => outcome)).toEqual(['unknown', 'succeeded']);
    await second.engine.stop();
  });

  it('that turns out to be lost takes its request with it, and the result is discarded', async () => {
    const { place, application } = await createPlace();
    const { engine, sender } = place.createEngine();
    sender.script = neverAnswers;
    await engine.start();
    const message = await publish(engine, application);
    await place.clock.advance(1);
    expect(sender.open).toBe(1);
    // Another worker's reaper takes the lease, as if this process had been stopped for too long.
    await place.storage.reapExpired({
      now: new Date(place.clock.nowMs() + 120_000),
      limit: 10,
      nextAttemptId: () => 'atmpt_other',
    });
    sender.script = () => answer(200);
    await place.clock.advance(21_000);
    expect(sender.open).toBe(0);
    expect(engine.stats()).toMatchObject({ leased: 0, counters: { leasesLost: 1, fenced: 0 } });
    await place.clock.advance(120_000);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered', leaseToken: 2 }]);
    expect(sender.requests).toHaveLength(2);
    await engine.stop();
  });

  it('that ran out while the delivery waited in memory is not used any more', async () => {
    const { place, application, faulty } = await createPlace();
    const { engine, sender } = place.createEngine({ perEndpointConcurrency: 1 }, { storage: faulty.storage });
    const gate = createGate<void>();
    sender.script = async (_request, index) => {
      if (index === 0) await gate.promise;
      return answer(200);
    };
    await engine.start();
    await publish(engine, application);
    const waiting = await publish(engine, application);
    faulty.before('renewLeases', () => {
      throw unavailable();
    });
    faulty.before('reapExpired', () => {
      throw unavailable();
    });
    await place.clock.advance(61_000);
    gate.open();
    await place.clock.advance(0);
    // It was given back instead of being sent under a lease that is over.
    expect(sender.requests).toHaveLength(1);
    expect(await place.deliveriesOf(waiting.id)).toMatchObject([{ status: 'pending', leaseToken: 1 }]);
    await place.clock.advance(1_000);
    expect(await place.deliveriesOf(waiting.id)).toMatchObject([{ status: 'delivered', leaseToken: 2 }]);
    await engine.stop();
  });
});

describe('the loops', () => {
  it('go on after the store was away, and tell meanwhile since when they fail', async () => {
    const { place, application, faulty } = await createPlace();
    const { engine, sender } = place.createEngine({}, { storage: faulty.storage });
    await engine.start();
    await place.clock.advance(20_000);
    const healthyAtMs = place.clock.nowMs();
    for (const method of ['claimDue', 'renewLeases', 'reapExpired'] as const) {
      faulty.before(method, () => {
        throw unavailable();
      });
    }
    await place.clock.advance(120_000);
    const stuck = engine.stats().loops.find(({ name }) => name === 'claimer');
    expect(stuck?.lastSuccessAt?.getTime()).toBeLessThanOrEqual(healthyAtMs);
    expect(stuck?.consecutiveFailures).toBeGreaterThan(5);
    for (const method of ['claimDue', 'renewLeases', 'reapExpired'] as const) faulty.before(method, undefined);
    await publish(place.createEngine({ role: 'api' }).engine, application);
    await place.clock.advance(10_000);
    expect(sender.requests).toHaveLength(1);
    expect(engine.stats().loops.map(({ consecutiveFailures }) => consecutiveFailures)).toEqual([0, 0, 0, 0]);
    await engine.stop();
  });
});

describe('the reaper', () => {
  it('goes on with its next run when it is struck after a batch: what it took back is claimed all the same', async () => {
    const { place, application } = await createPlace();
    const gone = place.createEngine();
    gone.sender.script = neverAnswers;
    await gone.engine.start();
    const message = await publish(gone.engine, application);
    await gone.engine.drain({ deadlineMs: 0 });
    await place.storage.claimDue({
      workerId: 'vanished',
      limit: 10,
      perEndpointLimit: 10,
      leaseUntil: new Date(place.clock.nowMs() + 1_000),
      now: place.clock.now(),
    });
    let struck = 0;
    const hit = (name: string): void => {
      if (name === 'reaper.mid_batch' && (struck += 1) === 1) throw new Error('Struck.');
    };
    const { engine } = place.createEngine({}, { failpoints: { hit } });
    await engine.start();
    await place.clock.advance(20_000);
    expect(struck).toBe(1);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered' }]);
    await Promise.all([gone.engine.stop(), engine.stop()]);
  });
});

import { isPostriderError } from '@postrider/core';
import { describe, expect, it } from 'vitest';
import { createInstallation, publish, toDraft } from '../test/support/engine-harness.js';
import { createFaultyStorage, unavailable } from '../test/support/faulty-storage.js';
import { answer, createGate } from '../test/support/scripted-sender.js';

async function createPlace() {
  const place = await createInstallation();
  const application = await place.addApplication();
  await place.addEndpoint(application);
  return { place, application };
}

describe('draining', () => {
  it('finishes requests that end in time, gives back what waits, and starts nothing new', async () => {
    const { place, application } = await createPlace();
    const { engine, sender } = place.createEngine({ perEndpointConcurrency: 3 });
    sender.script = async () => {
      await place.clock.sleep({ delayMs: 3_000 });
      return answer(200);
    };
    await engine.start();
    for (let n = 0; n < 12; n += 1) await publish(engine, application);
    await place.clock.advance(1);
    const draining = engine.drain({ deadlineMs: 20_000 });
    await place.clock.advance(1);
    expect(await place.count()).toMatchObject({ in_flight: 3, pending: 9 });
    await place.clock.advance(3_000);
    expect(await draining).toEqual({ finished: 3, released: 9 });
    expect(await place.count()).toMatchObject({ delivered: 3, pending: 9 });
    await place.clock.advance(60_000);
    expect(sender.requests).toHaveLength(3);
    await engine.stop();
    expect(place.clock.pendingTimers).toBe(0);
  });

  it('cuts off requests at the deadline; another worker goes on at once and the attempt is on record', async () => {
    const { place, application } = await createPlace();
    const first = place.createEngine();
    const second = place.createEngine({}, { wake: first.wake });
    first.sender.script = () => createGate<never>().promise;
    await first.engine.start();
    const message = await publish(first.engine, application);
    await second.engine.start();
    await place.clock.advance(1);
    const draining = first.engine.drain({ deadlineMs: 5_000 });
    await place.clock.advance(4_999);
    expect(second.sender.requests).toEqual([]);
    await place.clock.advance(100);
    expect(await draining).toEqual({ finished: 0, released: 1 });
    expect(second.sender.requests).toHaveLength(1);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered', attemptCount: 1 }]);
    expect((await place.attemptsOf(message)).map(({ outcome }) => outcome)).toEqual(['unknown', 'succeeded']);
    await Promise.all([first.engine.stop(), second.engine.stop()]);
  });

  it('is cut short by a later call with an earlier deadline, and not prolonged by one with a later', async () => {
    const { place, application } = await createPlace();
    const { engine, sender } = place.createEngine();
    sender.script = () => createGate<never>().promise;
    await engine.start();
    const message = await publish(engine, application);
    await place.clock.advance(1);
    const draining = engine.drain({ deadlineMs: 20_000 });
    void engine.drain({ deadlineMs: 60_000 });
    await place.clock.advance(1_000);
    const hurried = engine.drain({ deadlineMs: 0 });
    await place.clock.advance(1);
    expect(await hurried).toEqual({ finished: 0, released: 1 });
    expect(await draining).toEqual(await hurried);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'pending', attemptCount: 0 }]);
    await engine.stop();
    expect(place.clock.pendingTimers).toBe(0);
  });

  it('still publishes; what is published waits in storage for another worker', async () => {
    const { place, application } = await createPlace();
    const { engine, sender } = place.createEngine();
    await engine.start();
    await engine.drain({ deadlineMs: 1_000 });
    const message = await publish(engine, application);
    await place.clock.advance(5_000);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'pending' }]);
    expect(sender.requests).toEqual([]);
    expect(engine.stats().state).toBe('draining');
    await engine.stop();
  });

  it('gives back what a claim under way brings', async () => {
    const { place, application } = await createPlace();
    await publish(place.createEngine({ role: 'api' }).engine, application);
    const faulty = createFaultyStorage(place.storage);
    const gate = createGate<void>();
    faulty.after('claimDue', () => gate.promise);
    const { engine, sender } = place.createEngine({}, { storage: faulty.storage });
    await engine.start();
    await place.clock.advance(1);
    expect(await place.count()).toMatchObject({ in_flight: 1 });
    const draining = engine.drain({ deadlineMs: 1_000 });
    gate.open();
    await place.clock.advance(10);
    expect(await draining).toEqual({ finished: 0, released: 1 });
    expect(await place.count()).toMatchObject({ pending: 1 });
    expect(sender.requests).toEqual([]);
    await engine.stop();
  });

  it('does not wait for ever for a store that is away', async () => {
    const { place, application } = await createPlace();
    const faulty = createFaultyStorage(place.storage);
    const { engine } = place.createEngine({}, { storage: faulty.storage });
    faulty.before('recordOutcomes', () => {
      throw unavailable();
    });
    await engine.start();
    await publish(engine, application);
    await place.clock.advance(1_000);
    let drained = false;
    void engine.drain({ deadlineMs: 1_000 }).then(() => (drained = true));
    await place.clock.advance(7_000);
    expect(drained).toBe(true);
    await engine.stop();
    await place.clock.advance(60_000);
    expect(place.clock.pendingTimers).toBe(0);
  });
});

describe('stopping', () => {
  it('answers the publishes under way, refuses later ones, and leaves nothing leased', async () => {
    const { place, application } = await createPlace();
    const { engine, sender } = place.createEngine();
    sender.script = () => createGate<never>().promise;
    await engine.start();
    const publishing = Array.from({ length: 3 }, () => publish(engine, application));
    await Promise.all([engine.stop(), engine.stop(), ...publishing]);
    const refusal = await engine.publish({ application, message: toDraft() }).catch((error: unknown) => error);
    expect(isPostriderError(refusal, 'DELIVERY_STOPPED')).toBe(true);
    expect(await place.count()).toMatchObject({ in_flight: 0, pending: 3 });
    expect(engine.stats()).toMatchObject({ state: 'stopped', leased: 0, inFlight: 0 });
    expect(place.clock.pendingTimers).toBe(0);
  });

  it('needs no start, may be repeated, and forbids one', async () => {
    const { place, application } = await createPlace();
    const { engine, sender } = place.createEngine();
    await engine.stop();
    await engine.start();
    await engine.drain({ deadlineMs: 1 });
    await publish(place.createEngine({ role: 'api' }).engine, application);
    await place.clock.advance(5_000);
    expect(sender.requests).toEqual([]);
    expect(place.clock.pendingTimers).toBe(0);
  });
});

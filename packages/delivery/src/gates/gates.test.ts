import { describe, expect, it } from 'vitest';
import { createInstallation, environmentId, publish } from '../../test/support/engine-harness.js';
import { answer, createGate, failure } from '../../test/support/scripted-sender.js';
import type { BreakerChange, EgressSuspicion, Postponement, RateHold } from '../ports/delivery-observer.js';

const secondMs = 1_000;

function createEars() {
  const changes: BreakerChange[] = [];
  const postponed: Postponement[] = [];
  const holds: RateHold[] = [];
  const suspicions: EgressSuspicion[] = [];
  const observer = {
    breakersChanged: (told: readonly BreakerChange[]) => void changes.push(...told),
    postponed: (told: readonly Postponement[]) => void postponed.push(...told),
    rateHeld: (told: RateHold) => void holds.push(told),
    egressSuspected: (told: EgressSuspicion) => void suspicions.push(told),
  };
  return { changes, postponed, holds, suspicions, observers: { all: () => [observer] } };
}

/** An endpoint that failed ten times in a row; one more message waits for it. */
async function createBroken() {
  const place = await createInstallation();
  const application = await place.addApplication();
  const endpoint = await place.addEndpoint(application);
  const ears = createEars();
  const { engine, sender } = place.createEngine({}, { observers: ears.observers });
  sender.script = () => answer(500);
  await engine.start();
  for (let n = 0; n < 10; n += 1) {
    await publish(engine, application);
    await place.clock.advance(1);
  }
  await place.clock.advance(10);
  const ref = { environmentId, applicationId: application.id, endpointId: endpoint.id };
  return { place, application, endpoint, engine, sender, ref, ...ears };
}

describe('an open breaker', () => {
  it('puts deliveries off without a request or an attempt, until its time is over', async () => {
    const { place, application, engine, sender, ref, changes } = await createBroken();
    expect(changes).toMatchObject([{ from: 'closed', to: 'open', cause: 'consecutive_failures' }]);
    expect(engine.listBreakers({ environmentId })).toMatchObject([{ ...ref, state: 'open', trips: 1 }]);
    expect(engine.listBreakers({ environmentId: 'env_2' })).toEqual([]);
    const requests = sender.requests.length;
    const message = await publish(engine, application);
    sender.script = () => answer(200);
    await place.clock.advance(20 * secondMs);
    expect(sender.requests).toHaveLength(requests);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'pending', attemptCount: 0 }]);
    await place.clock.advance(60 * secondMs);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered', attemptCount: 1 }]);
    expect(changes.map(({ to }) => to)).toEqual(['open', 'half_open', 'closed']);
    await engine.stop();
  });

  it('puts nothing off for longer than a delivery may live', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const { engine, sender } = place.createEngine({ maxAgeMs: 120 * secondMs, breakerOpenMs: 5 * secondMs });
    sender.script = () => answer(500);
    await engine.start();
    const messages = [];
    for (let n = 0; n < 30; n += 1) {
      messages.push(await publish(engine, application));
      await place.clock.advance(1);
    }
    await place.clock.advance(600 * secondMs);
    const ends = await Promise.all(messages.map(async ({ id }) => place.deliveriesOf(id)));
    expect(ends.flat().map(({ status, reason }) => `${status} ${String(reason)}`)).toEqual(
      messages.map(() => 'dead_letter exhausted'),
    );
    await engine.stop();
  });

  it('is remembered after a restart', async () => {
    const { place, application, engine, ref } = await createBroken();
    const before = await engine.getBreaker(ref);
    await engine.stop();
    const next = place.createEngine();
    await next.engine.start();
    await publish(next.engine, application);
    await place.clock.advance(15 * secondMs);
    expect(await next.engine.getBreaker(ref)).toEqual(before);
    expect(next.sender.requests).toEqual([]);
    await next.engine.stop();
  });

  it('puts off what its lane already holds, and says why', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application, { maxInFlight: 1 });
    const ears = createEars();
    const gate = createGate<void>();
    const { engine, sender } = place.createEngine({}, { observers: ears.observers });
    sender.script = async () => {
      await gate.promise;
      return answer(500);
    };
    await engine.start();
    for (let n = 0; n < 15; n += 1) await publish(engine, application);
    await place.clock.advance(1);
    gate.open();
    await place.clock.advance(100);
    expect(sender.requests).toHaveLength(10);
    expect(sender.peak).toBe(1);
    expect(ears.postponed.map(({ reason }) => reason)).toEqual(Array.from({ length: 5 }, () => 'breaker_open'));
    expect(engine.stats().counters).toMatchObject({ attempts: 10, postponed: 5 });
    await engine.stop();
  });

  it('opens after five failures that are the same for every request, for ten minutes', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const ears = createEars();
    const { engine, sender } = place.createEngine({}, { observers: ears.observers });
    sender.script = () => ({ ...failure('dns_error'), lasting: true });
    await engine.start();
    for (let n = 0; n < 5; n += 1) {
      await publish(engine, application);
      await place.clock.advance(1);
    }
    await place.clock.advance(10);
    expect(ears.changes).toMatchObject([{ to: 'open', cause: 'tripped' }]);
    await place.clock.advance(470 * secondMs);
    expect(sender.requests).toHaveLength(5);
    await engine.stop();
  });
});

describe('the operator', () => {
  it('isolates an endpoint for every worker, and lets it go on', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const endpoint = await place.addEndpoint(application);
    const [first, second] = [place.createEngine(), place.createEngine()];
    const ref = { environmentId, applicationId: application.id, endpointId: endpoint.id };
    expect(await first.engine.forceBreaker({ ...ref, state: 'isolated' })).toMatchObject({ state: 'isolated' });
    expect(await first.engine.forceBreaker({ ...ref, environmentId: 'env_2', state: 'closed' })).toBeUndefined();
    await second.engine.start();
    const message = await publish(second.engine, application);
    await place.clock.advance(100 * secondMs);
    expect(second.sender.requests).toEqual([]);
    expect(await second.engine.getBreaker(ref)).toMatchObject({ state: 'isolated' });
    await first.engine.forceBreaker({ ...ref, state: 'closed' });
    await place.clock.advance(10 * secondMs);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered', attemptCount: 1 }]);
    await Promise.all([first.engine.stop(), second.engine.stop()]);
  });
});

describe('a rate', () => {
  it.each(['endpoint', 'application'] as const)('of the %s paces requests without an attempt lost', async (scope) => {
    const place = await createInstallation();
    const rate = { throttleRate: 5 };
    const application = await place.addApplication(scope === 'application' ? rate : {});
    const endpoint = await place.addEndpoint(application, scope === 'endpoint' ? rate : {});
    const ears = createEars();
    const { engine, sender } = place.createEngine({}, { observers: ears.observers });
    await engine.start();
    for (let n = 0; n < 80; n += 1) await publish(engine, application);
    await place.clock.advance(4 * secondMs);
    expect(sender.requests.length).toBeGreaterThanOrEqual(19);
    expect(sender.requests.length).toBeLessThanOrEqual(21);
    expect(ears.holds[0]).toMatchObject({ scope });
    const ref = { environmentId, applicationId: application.id, endpointId: endpoint.id };
    expect((await engine.getRateLimits(ref))?.[scope]).toMatchObject({ limit: 5, remaining: 0 });
    await place.clock.advance(60 * secondMs);
    expect(await place.count()).toMatchObject({ delivered: 80 });
    expect(engine.stats().counters.attempts).toBe(80);
    await engine.stop();
    expect(place.clock.pendingTimers).toBe(0);
  });
});

describe('a lane that is full of what waits for a rate', () => {
  it('gives the rest back to storage, which holds it back for a while', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application, { throttleRate: 1 });
    const ears = createEars();
    const { engine, sender } = place.createEngine({}, { observers: ears.observers });
    const { engine: publisher } = place.createEngine({ role: 'api' });
    await engine.start();
    await publisher.start();
    await publish(engine, application);
    await place.clock.advance(10);
    for (let n = 0; n < 60; n += 1) await publish(publisher, application);
    await place.clock.advance(4 * secondMs);
    const { pending, in_flight: held } = await place.count();
    expect(held).toBeLessThanOrEqual(11);
    expect(pending).toBeGreaterThanOrEqual(45);
    expect(ears.postponed.length).toBeGreaterThan(0);
    expect(ears.postponed.every(({ reason }) => reason === 'rate_limit')).toBe(true);
    // It is held back, so that the same deliveries do not come and go all the time.
    expect(ears.postponed.length).toBeLessThanOrEqual(60);
    await place.clock.advance(80 * secondMs);
    expect(await place.count()).toMatchObject({ delivered: 61 });
    expect(sender.requests).toHaveLength(61);
    await Promise.all([engine.stop(), publisher.stop()]);
  });
});

describe('a crowd of endpoints that never answer', () => {
  it('leaves slots to those that do', async () => {
    const place = await createInstallation();
    const [dead, alive] = [await place.addApplication(), await place.addApplication()];
    for (let n = 0; n < 200; n += 1) await place.addEndpoint(dead);
    await place.addEndpoint(alive);
    const { engine, sender } = place.createEngine({ maxInFlight: 256 });
    const silence = createGate<never>().promise;
    sender.script = async (request) => {
      if (Object.values(isAlive).includes(request.url)) return answer(200);
      await Promise.race([silence, place.clock.sleep({ delayMs: 20 * secondMs })]);
      return { kind: 'error', error: 'timeout', durationMs: 20 * secondMs };
    };
    const isAlive: Record<string, string> = {};
    const routes = await place.storage.loadRoutes({ applicationId: alive.id });
    for (const { endpoint } of routes?.endpoints ?? []) isAlive[endpoint.id] = endpoint.url;
    await engine.start();
    await publish(engine, alive);
    await place.clock.advance(1);
    for (let n = 0; n < 5; n += 1) await publish(engine, dead);
    await place.clock.advance(30 * secondMs);
    expect(engine.stats().inFlight).toBeLessThanOrEqual(192);
    const message = await publish(engine, alive);
    await place.clock.advance(5);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered' }]);
    await engine.stop();
  });

  it('is no match for an endpoint that was quick before a restart', async () => {
    const place = await createInstallation();
    const [dead, alive] = [await place.addApplication(), await place.addApplication()];
    for (let n = 0; n < 200; n += 1) await place.addEndpoint(dead);
    const endpoint = await place.addEndpoint(alive);
    const first = place.createEngine();
    await first.engine.start();
    await publish(first.engine, alive);
    await place.clock.advance(100);
    await first.engine.stop();
    const { engine, sender } = place.createEngine({ maxInFlight: 256 });
    sender.script = async ({ url }) => {
      if (url === endpoint.url) return answer(200);
      await place.clock.sleep({ delayMs: 20 * secondMs });
      return { kind: 'error', error: 'timeout', durationMs: 20 * secondMs };
    };
    await engine.start();
    for (let n = 0; n < 5; n += 1) await publish(engine, dead);
    await place.clock.advance(10);
    const message = await publish(engine, alive);
    await place.clock.advance(5);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered' }]);
    await engine.stop();
  });
});

describe('most endpoints failing together', () => {
  it('makes us suspect ourselves: no further breaker opens until that is over', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    for (let n = 0; n < 12; n += 1) await place.addEndpoint(application);
    const ears = createEars();
    const { engine, sender } = place.createEngine({}, { observers: ears.observers, canary: async () => false });
    sender.script = () => failure('connection_refused');
    await engine.start();
    for (let n = 0; n < 14; n += 1) {
      await publish(engine, application);
      await place.clock.advance(100);
    }
    expect(ears.suspicions).toMatchObject([{ environmentId, suspect: true }]);
    expect(engine.stats().egressSuspects).toEqual([environmentId]);
    expect(engine.listBreakers({ environmentId }).length).toBe(7);
    await engine.stop();
    expect(place.clock.pendingTimers).toBe(0);
  });

  it('is their fault when the canary succeeds: all breakers open', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    for (let n = 0; n < 12; n += 1) await place.addEndpoint(application);
    const ears = createEars();
    let asked = 0;
    const canary = async (): Promise<boolean> => (asked += 1) > 0;
    const { engine, sender } = place.createEngine({}, { observers: ears.observers, canary });
    sender.script = () => failure('connection_refused');
    await engine.start();
    for (let n = 0; n < 14; n += 1) {
      await publish(engine, application);
      await place.clock.advance(100);
    }
    expect(ears.suspicions.map(({ suspect }) => suspect)).toEqual([true, false]);
    expect(asked).toBe(1);
    expect(engine.stats().egressSuspects).toEqual([]);
    expect(engine.listBreakers({ environmentId }).length).toBe(12);
    await engine.stop();
    expect(place.clock.pendingTimers).toBe(0);
  });
});

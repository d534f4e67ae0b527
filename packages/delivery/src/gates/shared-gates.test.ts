import { createLocalState, type SharedState } from '@postrider/resilience';
import { describe, expect, it } from 'vitest';
import { createInstallation, environmentId, publish } from '../../test/support/engine-harness.js';
import type { BreakerChange } from '../ports/delivery-observer.js';
import { answer, createGate, failure } from '../../test/support/scripted-sender.js';

const secondMs = 1_000;

/** Some workers on one store, which share a state; `wrap` may spoil it. */
async function createFleet(size: number, wrap: (state: SharedState) => SharedState = (state) => state) {
  const place = await createInstallation();
  const state = createLocalState({ clock: place.clock, random: () => 0.5 });
  const calls: string[] = [];
  const counted = Object.fromEntries(
    (['acquire', 'recordOutcome', 'acquireUnits', 'forceBreaker', 'readBreaker', 'readLimit'] as const).map((name) => [
      name,
      (params: never) => {
        calls.push(name);
        return state[name](params);
      },
    ]),
  );
  const sharedState = wrap({ ...state, ...counted, statistics: () => state.statistics() });
  const changes: BreakerChange[] = [];
  const observers = {
    all: () => [{ breakersChanged: (told: readonly BreakerChange[]) => void changes.push(...told) }],
  };
  const workers = Array.from({ length: size }, () => place.createEngine({}, { sharedState, observers }));
  const sent = (): number => workers.reduce((sum, { sender }) => sum + sender.requests.length, 0);
  const open = (): number => workers.reduce((sum, { sender }) => sum + sender.open, 0);
  for (const { engine } of workers) await engine.start();
  const stop = async (): Promise<void> => void (await Promise.all(workers.map(({ engine }) => engine.stop())));
  const made = (): readonly string[] => changes.filter(({ heard }) => !heard).map(({ from, to }) => `${from} ${to}`);
  return { place, workers, sent, open, calls, made, stop };
}

describe('workers that share a state', () => {
  it('open a breaker by what they count together, and probe one by one', async () => {
    const { place, workers, sent, open, made, stop } = await createFleet(4);
    const application = await place.addApplication();
    await place.addEndpoint(application, { retryScheduleMs: [3_600_000] });
    for (const { sender } of workers) sender.script = () => answer(500);
    for (let n = 0; n < 40; n += 1) {
      const worker = workers[n % 4];
      if (worker !== undefined) await publish(worker.engine, application);
      await place.clock.advance(10);
    }
    // However many workers hear of it, one made the change.
    expect(made()).toEqual(['closed open']);
    // The tenth failure opens it; the others hear of it with a result of their own.
    const sentBefore = sent();
    expect(sentBefore).toBeGreaterThanOrEqual(10);
    expect(sentBefore).toBeLessThanOrEqual(13);
    // The open time passes; whoever comes first holds the only probe.
    const gate = createGate<void>();
    for (const { sender } of workers) {
      sender.script = async () => {
        await gate.promise;
        return answer(200);
      };
    }
    let most = 0;
    for (let n = 0; n < 60; n += 1) {
      await place.clock.advance(secondMs);
      most = Math.max(most, open());
    }
    expect(most).toBe(1);
    expect(sent()).toBe(sentBefore + 1);
    gate.open();
    await place.clock.advance(120 * secondMs);
    expect(await place.count()).toMatchObject({ delivered: 40 - sentBefore, pending: sentBefore });
    expect(made()).toEqual(['closed open', 'open half_open', 'half_open closed']);
    await stop();
    expect(place.clock.pendingTimers).toBe(0);
  });

  it('follow the one that saw that nobody can be reached', async () => {
    const { place, workers, sent, stop } = await createFleet(2);
    const [first, second] = workers;
    const application = await place.addApplication();
    const endpoint = await place.addEndpoint(application);
    const ref = { environmentId, applicationId: application.id, endpointId: endpoint.id };
    for (const { sender } of workers) sender.script = () => ({ ...failure('tls_error'), lasting: true });
    for (let n = 0; n < 5 && first !== undefined; n += 1) {
      await publish(first.engine, application);
      await place.clock.advance(10);
    }
    await place.clock.advance(3 * secondMs);
    expect(await second?.engine.getBreaker(ref)).toMatchObject({ state: 'open', trips: 1 });
    await place.clock.advance(400 * secondMs);
    expect(sent()).toBe(5);
    await stop();
  });

  it('obey the operator of any of them', async () => {
    const { place, workers, sent, stop } = await createFleet(2);
    const [first, second] = workers;
    if (first === undefined || second === undefined) throw new Error('There are two workers.');
    const application = await place.addApplication();
    const endpoint = await place.addEndpoint(application);
    const ref = { environmentId, applicationId: application.id, endpointId: endpoint.id };
    await publish(second.engine, application);
    await place.clock.advance(10);
    expect(await first.engine.forceBreaker({ ...ref, state: 'isolated' })).toMatchObject({ state: 'isolated' });
    await place.clock.advance(3 * secondMs);
    await publish(second.engine, application);
    await place.clock.advance(60 * secondMs);
    expect(sent()).toBe(1);
    await second.engine.forceBreaker({ ...ref, state: 'closed' });
    await place.clock.advance(10 * secondMs);
    expect(await place.count()).toMatchObject({ delivered: 2 });
    await stop();
  });

  it.each(['endpoint', 'application'] as const)('keep the rate of the %s together', async (scope) => {
    const { place, workers, sent, stop } = await createFleet(3);
    const rate = { throttleRate: 10 };
    const application = await place.addApplication(scope === 'application' ? rate : {});
    const endpoint = await place.addEndpoint(application, scope === 'endpoint' ? rate : {});
    for (let n = 0; n < 60; n += 1) {
      const worker = workers[n % 3];
      if (worker !== undefined) await publish(worker.engine, application);
    }
    await place.clock.advance(3 * secondMs);
    expect(sent()).toBeGreaterThanOrEqual(27);
    expect(sent()).toBeLessThanOrEqual(31);
    const ref = { environmentId, applicationId: application.id, endpointId: endpoint.id };
    expect((await workers[0]?.engine.getRateLimits(ref))?.[scope]).toMatchObject({ limit: 10, remaining: 0 });
    await place.clock.advance(30 * secondMs);
    expect(await place.count()).toMatchObject({ delivered: 60 });
    await stop();
    expect(place.clock.pendingTimers).toBe(0);
  });

  it('ask nobody before a request while all is well, and tell each result with one call', async () => {
    const { place, workers, calls, stop } = await createFleet(1);
    const application = await place.addApplication();
    await place.addEndpoint(application);
    for (let n = 0; n < 30; n += 1) for (const { engine } of workers) await publish(engine, application);
    await place.clock.advance(secondMs);
    expect(calls).toEqual(Array.from({ length: 30 }, () => 'recordOutcome'));
    await stop();
  });

  it('deliver although the shared state answers nothing at all', async () => {
    const { place, workers, stop } = await createFleet(1, (state) => ({
      ...state,
      recordOutcome: () => new Promise<never>(() => undefined),
    }));
    const application = await place.addApplication();
    await place.addEndpoint(application);
    for (let n = 0; n < 100; n += 1) for (const { engine } of workers) await publish(engine, application);
    await place.clock.advance(secondMs);
    expect(await place.count()).toMatchObject({ delivered: 100 });
    await stop();
  });
});

import { coreError, type DeliveryOutcome } from '@postrider/core';
import { describe, expect, it } from 'vitest';
import { createInstallation, publish } from '../../test/support/engine-harness.js';
import { createFaultyStorage, unavailable } from '../../test/support/faulty-storage.js';
import { answer, createGate } from '../../test/support/scripted-sender.js';

function outcomesIn(params: unknown): readonly DeliveryOutcome[] {
  return (params as { outcomes: readonly DeliveryOutcome[] }).outcomes;
}

async function createPlace() {
  const place = await createInstallation();
  const application = await place.addApplication();
  await place.addEndpoint(application);
  const faulty = createFaultyStorage(place.storage);
  return { place, application, faulty };
}

describe('recording', () => {
  it('writes many outcomes in one transaction', async () => {
    const { place, application, faulty } = await createPlace();
    const sizes: number[] = [];
    faulty.before('recordOutcomes', (params) => sizes.push(outcomesIn(params).length));
    const { engine, sender } = place.createEngine({ recordBatchSize: 25 }, { storage: faulty.storage });
    const gate = createGate<void>();
    sender.script = async () => {
      await gate.promise;
      return answer(200);
    };
    await engine.start();
    await Promise.all(Array.from({ length: 30 }, () => publish(engine, application)));
    gate.open();
    await place.clock.advance(10);
    expect(sizes).toEqual([25, 5]);
    await engine.stop();
  });

  it('waits for a store that is away, holding its leases, and sends nothing twice', async () => {
    const { place, application, faulty } = await createPlace();
    const { engine, sender } = place.createEngine({}, { storage: faulty.storage });
    faulty.before('recordOutcomes', () => {
      throw unavailable();
    });
    await engine.start();
    await publish(engine, application);
    await place.clock.advance(5 * 60_000);
    expect(await place.count()).toMatchObject({ in_flight: 1 });
    expect(engine.stats()).toMatchObject({ leased: 1, inFlight: 0 });
    faulty.before('recordOutcomes', undefined);
    await place.clock.advance(10_000);
    expect(await place.count()).toMatchObject({ delivered: 1 });
    expect(sender.requests).toHaveLength(1);
    await engine.stop();
  });

  it('is fenced when the lease was lost while the store was away: the outcome of the new holder stands', async () => {
    const { place, application, faulty } = await createPlace();
    const first = place.createEngine({}, { storage: faulty.storage });
    for (const method of ['recordOutcomes', 'renewLeases', 'reapExpired', 'claimDue'] as const) {
      faulty.before(method, () => {
        throw unavailable();
      });
    }
    first.sender.script = () => answer(500);
    await first.engine.start();
    const message = await publish(first.engine, application);
    const second = place.createEngine();
    await second.engine.start();
    await place.clock.advance(120_000);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered', leaseToken: 2 }]);
    for (const method of ['recordOutcomes', 'renewLeases', 'reapExpired', 'claimDue'] as const) {
      faulty.before(method, undefined);
    }
    await place.clock.advance(30_000);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered', attemptCount: 1 }]);
    expect((await place.attemptsOf(message)).map(({ outcome }) => outcome)).toEqual(['unknown', 'succeeded']);
    expect(first.engine.stats()).toMatchObject({ leased: 0, counters: { fenced: 1, retried: 0 } });
    await Promise.all([first.engine.stop(), second.engine.stop()]);
  });

  it('takes a commit whose answer was lost for what it is: done', async () => {
    const { place, application, faulty } = await createPlace();
    faulty.after('recordOutcomes', () => {
      if (faulty.calls('recordOutcomes') === 1) throw unavailable();
    });
    const { engine, sender } = place.createEngine({}, { storage: faulty.storage });
    await engine.start();
    const message = await publish(engine, application);
    await place.clock.advance(5_000);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered', attemptCount: 1 }]);
    expect(await place.attemptsOf(message)).toHaveLength(1);
    expect(sender.requests).toHaveLength(1);
    expect(engine.stats().leased).toBe(0);
    await engine.stop();
  });

  it('finds the one outcome that the store refuses, records it without details and the others untouched', async () => {
    const { place, application, faulty } = await createPlace();
    faulty.before('recordOutcomes', (params) => {
      const isPoisoned = outcomesIn(params).some(({ attempt }) => attempt?.responseBody.includes('poison'));
      if (isPoisoned) throw coreError('STORAGE_CORRUPT', 'The text cannot be stored.');
    });
    const { engine, sender } = place.createEngine({}, { storage: faulty.storage });
    const gate = createGate<void>();
    sender.script = async (_request, index) => {
      await gate.promise;
      return { kind: 'response', statusCode: 200, body: index === 3 ? 'poison' : 'fine', durationMs: 1 };
    };
    await engine.start();
    const messages = await Promise.all(Array.from({ length: 10 }, () => publish(engine, application)));
    gate.open();
    await place.clock.advance(10);
    expect(await place.count()).toMatchObject({ delivered: 10 });
    const bodies = await Promise.all(
      messages.map(async (message) => (await place.attemptsOf(message))[0]?.responseBody),
    );
    expect(bodies.filter((body) => body === 'fine')).toHaveLength(9);
    expect(bodies.filter((body) => body === '')).toHaveLength(1);
    await engine.stop();
  });

  it('gives up what the store refuses in every form; its delivery is taken back by the reaper', async () => {
    const { place, application, faulty } = await createPlace();
    let refuse = true;
    faulty.before('recordOutcomes', () => {
      if (refuse) throw coreError('STORAGE_CORRUPT', 'No.');
    });
    const { engine, sender } = place.createEngine({}, { storage: faulty.storage });
    await engine.start();
    const message = await publish(engine, application);
    await place.clock.advance(10);
    expect(engine.stats().leased).toBe(0);
    refuse = false;
    await place.clock.advance(80_000);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered' }]);
    expect((await place.attemptsOf(message)).map(({ outcome }) => outcome)).toEqual(['unknown', 'succeeded']);
    expect(sender.requests).toHaveLength(2);
    await engine.stop();
  });
});

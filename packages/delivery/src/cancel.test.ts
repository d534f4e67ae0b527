import { describe, expect, it } from 'vitest';
import { createInstallation, environmentId, publish } from '../test/support/engine-harness.js';
import { answer, createGate } from '../test/support/scripted-sender.js';

async function createPlace() {
  const place = await createInstallation();
  const application = await place.addApplication();
  const endpoint = await place.addEndpoint(application);
  const pathOf = async (messageId: string) => {
    const [delivery] = await place.deliveriesOf(messageId);
    return { environmentId, applicationId: application.id, messageId, deliveryId: delivery?.id ?? '' };
  };
  return { place, application, endpoint, pathOf };
}

const called = { status: 'cancelled', reason: 'requested' } as const;

describe('cancelling a delivery', () => {
  it('that waits for a retry ends it: no request is made any more', async () => {
    const { place, application, pathOf } = await createPlace();
    const { engine, sender } = place.createEngine();
    sender.script = () => answer(500);
    await engine.start();
    const message = await publish(engine, application);
    await place.clock.advance(10);
    const result = await engine.cancelDelivery(await pathOf(message.id));
    expect(result).toMatchObject({ outcome: 'cancelled', delivery: { ...called, attemptCount: 1 } });
    await place.clock.advance(60_000);
    expect(sender.requests).toHaveLength(1);
    expect(engine.stats().counters).toMatchObject({ cancelled: 1 });
    await engine.stop();
  });

  it('that is in flight here cuts its request off at once, and what comes of it changes nothing', async () => {
    const { place, application, pathOf } = await createPlace();
    const { engine, sender } = place.createEngine();
    sender.script = () => createGate<never>().promise;
    await engine.start();
    const message = await publish(engine, application);
    await place.clock.advance(1);
    expect(sender.open).toBe(1);
    expect((await engine.cancelDelivery(await pathOf(message.id))).outcome).toBe('cancelled');
    await place.clock.advance(1);
    expect(sender.open).toBe(0);
    expect(engine.stats()).toMatchObject({ leased: 0, inFlight: 0 });
    await place.clock.advance(3_600_000);
    expect(await place.deliveriesOf(message.id)).toMatchObject([called]);
    expect((await place.attemptsOf(message)).map(({ outcome }) => outcome)).toEqual(['unknown']);
    expect(sender.requests).toHaveLength(1);
    await engine.stop();
  });

  it('that is in flight elsewhere fences its worker off, which lets go at its next heartbeats', async () => {
    const { place, application, pathOf } = await createPlace();
    const worker = place.createEngine();
    const api = place.createEngine({ role: 'api' });
    worker.sender.script = () => createGate<never>().promise;
    await worker.engine.start();
    const message = await publish(worker.engine, application);
    await place.clock.advance(1);
    await api.engine.cancelDelivery(await pathOf(message.id));
    await place.clock.advance(20_001);
    expect(worker.sender.open).toBe(0);
    expect(worker.engine.stats().counters).toMatchObject({ leasesLost: 1 });
    expect(await place.deliveriesOf(message.id)).toMatchObject([called]);
    await Promise.all([worker.engine.stop(), api.engine.stop()]);
  });

  it('that has ended, or never was, changes nothing', async () => {
    const { place, application, pathOf } = await createPlace();
    const { engine } = place.createEngine();
    await engine.start();
    const message = await publish(engine, application);
    await place.clock.advance(10);
    const path = await pathOf(message.id);
    expect(await engine.cancelDelivery(path)).toMatchObject({ outcome: 'ended', delivery: { status: 'delivered' } });
    expect(await engine.cancelDelivery({ ...path, deliveryId: 'dlv_other' })).toEqual({ outcome: 'missing' });
    expect(engine.stats().counters.cancelled).toBe(0);
    await engine.stop();
  });
});

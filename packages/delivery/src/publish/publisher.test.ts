import { isPostriderError } from '@postrider/core';
import { describe, expect, it } from 'vitest';
import { createInstallation, outcomesOf, publish, toDraft } from '../../test/support/engine-harness.js';
import { createFaultyStorage, unavailable } from '../../test/support/faulty-storage.js';
import { createGate } from '../../test/support/scripted-sender.js';

const hourMs = 3_600_000;

describe('publishing', () => {
  it('stores one delivery for each matching endpoint and none for the others', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const all = await place.addEndpoint(application);
    const paid = await place.addEndpoint(application, { eventTypes: ['invoice.paid'] });
    await place.addEndpoint(application, { eventTypes: ['user.created'] });
    await place.addEndpoint(application, { disabled: true });
    const { engine, sender } = place.createEngine();
    await engine.start();

    const message = await publish(engine, application);
    await place.clock.advance(10);

    const deliveries = await place.deliveriesOf(message.id);
    expect(deliveries.map(({ endpointId, status }) => [endpointId, status])).toEqual([
      [all.id, 'delivered'],
      [paid.id, 'delivered'],
    ]);
    expect(sender.requests.map(({ url }) => url).toSorted()).toEqual([all.url, paid.url].toSorted());
    // The body is encoded once, however many receive it.
    expect(sender.requests[0]?.body).toBe(sender.requests[1]?.body);
    await engine.stop();
  });

  it('accepts a message that nobody receives', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const { engine } = place.createEngine();
    await engine.start();
    const message = await publish(engine, application);
    expect(await place.deliveriesOf(message.id)).toEqual([]);
    await engine.stop();
  });

  it('is answered only after the commit', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const faulty = createFaultyStorage(place.storage);
    const gate = createGate<void>();
    faulty.before('appendMessages', () => gate.promise);
    const { engine } = place.createEngine({}, { storage: faulty.storage });
    let answered = false;
    const publishing = publish(engine, application).then(() => (answered = true));
    await place.clock.advance(60_000);
    expect(answered).toBe(false);
    gate.open();
    await publishing;
    expect(answered).toBe(true);
  });

  it('commits what arrives during a commit as one batch, at most as many as allowed', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const faulty = createFaultyStorage(place.storage);
    const sizes: number[] = [];
    faulty.before('appendMessages', (params) => {
      sizes.push((params as { entries: readonly unknown[] }).entries.length);
    });
    const { engine } = place.createEngine({ publishBatchSize: 40 }, { storage: faulty.storage });
    await publish(engine, application);
    await Promise.all(Array.from({ length: 100 }, () => publish(engine, application)));
    expect(sizes).toEqual([1, 40, 40, 20]);
  });

  it('rejects exactly the publishes of a batch that failed, and delivers nothing of it', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const faulty = createFaultyStorage(place.storage);
    faulty.before('appendMessages', () => {
      if (faulty.calls('appendMessages') === 2) throw unavailable();
    });
    const { engine, sender } = place.createEngine({ publishBatchSize: 2 }, { storage: faulty.storage });
    await engine.start();
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => publish(engine, application)));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    await place.clock.advance(100);
    expect(sender.requests).toHaveLength(4);
    expect(engine.stats()).toMatchObject({ leased: 0, lanes: 0, counters: { published: 4 } });
    await engine.stop();
  });

  it('refuses more than it may queue, retryably, and goes on when the queue is shorter', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const faulty = createFaultyStorage(place.storage);
    const gate = createGate<void>();
    faulty.before('appendMessages', () => gate.promise);
    const { engine } = place.createEngine({ maxQueuedPublishes: 5 }, { storage: faulty.storage });
    const accepted = Promise.all(Array.from({ length: 5 }, () => publish(engine, application)));
    const refusal = await publish(engine, application).catch((error: unknown) => error);
    expect(isPostriderError(refusal, 'DELIVERY_OVERLOADED')).toBe(true);
    expect(refusal).toMatchObject({ retryable: true });
    expect(engine.stats()).toMatchObject({ queuedPublishes: 5, counters: { publishesRefused: 1 } });
    gate.open();
    await accepted;
    await publish(engine, application);
    expect(await place.count()).toMatchObject({ pending: 0 });
  });

  it('tells when the application is gone', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const { engine } = place.createEngine();
    await place.storage.deleteApplication({
      environmentId: application.environmentId,
      applicationId: application.id,
      deletedAt: place.clock.now(),
    });
    expect(await engine.publish({ application, message: toDraft() })).toEqual({ outcome: 'application_missing' });
  });

  it('sees a new endpoint at once after an invalidation, and without one within the time to live', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const { engine } = place.createEngine({ routeTtlMs: 2_000 });
    const deliveries = async (): Promise<number> =>
      (await place.deliveriesOf((await publish(engine, application)).id)).length;
    expect(await deliveries()).toBe(0);
    await place.addEndpoint(application);
    expect(await deliveries()).toBe(0);
    engine.invalidateRoutes({ applicationId: application.id });
    expect(await deliveries()).toBe(1);
    await place.addEndpoint(application);
    await place.clock.advance(2_000);
    expect(await deliveries()).toBe(2);
  });
});

describe('publishing twice', () => {
  const idempotencyUntil = (expiresAt: Date) => ({ key: 'key-1', bodyHash: 'hash-1', expiresAt });

  it('makes one message of fifty simultaneous publishes with the same key', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const { engine, sender } = place.createEngine();
    await engine.start();
    const idempotency = idempotencyUntil(new Date(place.clock.nowMs() + 24 * hourMs));
    const results = await Promise.all(
      Array.from({ length: 50 }, () => engine.publish({ application, message: toDraft(), idempotency })),
    );
    expect(outcomesOf(results).toSorted()).toEqual(['appended', ...Array.from({ length: 49 }, () => 'replayed')]);
    expect(new Set(results.map((result) => ('message' in result ? result.message.id : ''))).size).toBe(1);
    await place.clock.advance(100);
    expect(sender.requests).toHaveLength(1);
    expect(engine.stats()).toMatchObject({ leased: 0, lanes: 0 });
    await engine.stop();
  });

  it('refuses another body under the same key, and forgets the key when it expires', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const { engine } = place.createEngine();
    const message = toDraft();
    const idempotency = idempotencyUntil(new Date(place.clock.nowMs() + hourMs));
    const first = await engine.publish({ application, message, idempotency });
    const other = await engine.publish({ application, message, idempotency: { ...idempotency, bodyHash: 'hash-2' } });
    expect(outcomesOf([first, other])).toEqual(['appended', 'idempotency_mismatch']);
    await place.clock.advance(hourMs + 1);
    expect(outcomesOf([await engine.publish({ application, message, idempotency })])).toEqual(['appended']);
  });

  it('names the message that has the event id', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const { engine } = place.createEngine();
    const message = toDraft({ eventId: 'event-1' });
    const [first, second] = await Promise.all([
      engine.publish({ application, message }),
      engine.publish({ application, message }),
    ]);
    expect(first?.outcome).toBe('appended');
    expect(second).toEqual({
      outcome: 'event_id_taken',
      messageId: first?.outcome === 'appended' ? first.message.id : '',
    });
  });
});

describe('where a delivery is born', () => {
  it('leased, when there is room for it', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const { engine, sender } = place.createEngine({ workerId: 'worker-1', leaseMs: 60_000 });
    sender.script = () => createGate<never>().promise;
    await engine.start();
    const message = await publish(engine, application);
    expect(await place.deliveriesOf(message.id)).toMatchObject([
      {
        status: 'in_flight',
        leaseToken: 1,
        workerId: 'worker-1',
        leaseUntil: new Date(place.clock.nowMs() + 60_000),
      },
    ]);
    await engine.stop();
  });

  it('pending, in a process that does not deliver; a hint goes out and a worker takes it at once', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const worker = place.createEngine({ role: 'worker' });
    const api = place.createEngine({ role: 'api' }, { wake: worker.wake });
    await Promise.all([api.engine.start(), worker.engine.start()]);
    await place.clock.advance(300);
    const message = await publish(api.engine, application);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'pending', leaseToken: 0 }]);
    await place.clock.advance(1);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered', leaseToken: 1 }]);
    expect([api.sender.requests.length, worker.sender.requests.length]).toEqual([0, 1]);
    expect(api.engine.stats().loops).toEqual([]);
    await Promise.all([api.engine.stop(), worker.engine.stop()]);
  });

  it('pending, when its lane is full; it is claimed when the lane has room', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const { engine, sender } = place.createEngine({ laneDepth: 3, perEndpointConcurrency: 1 });
    const gate = createGate<void>();
    sender.script = async () => {
      await gate.promise;
      return { kind: 'response', statusCode: 200, body: '', durationMs: 1 };
    };
    await engine.start();
    for (let n = 0; n < 10; n += 1) await publish(engine, application);
    expect(await place.count()).toMatchObject({ in_flight: 3, pending: 7 });
    expect(engine.stats().leased).toBe(3);
    gate.open();
    await place.clock.advance(500);
    expect(await place.count()).toMatchObject({ delivered: 10 });
    await engine.stop();
  });

  it('pending, behind an endpoint that hangs, without asking storage at every publish', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const faulty = createFaultyStorage(place.storage);
    const { engine, sender } = place.createEngine({ laneDepth: 3 }, { storage: faulty.storage });
    sender.script = () => createGate<never>().promise;
    await engine.start();
    for (let n = 0; n < 100; n += 1) {
      await publish(engine, application);
      await place.clock.advance(20);
    }
    expect(await place.count()).toMatchObject({ in_flight: 3, pending: 97 });
    expect(faulty.calls('claimDue')).toBeLessThanOrEqual(4);
    await engine.stop();
  });

  it('pending, when the whole process is full; a hint tells the others', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    for (let n = 0; n < 8; n += 1) await place.addEndpoint(application);
    const full = place.createEngine({ maxLeased: 4 });
    full.sender.script = () => createGate<never>().promise;
    const other = place.createEngine({}, { wake: full.wake });
    await Promise.all([full.engine.start(), other.engine.start()]);
    await place.clock.advance(100);
    await publish(full.engine, application);
    await place.clock.advance(1);
    expect(await place.count()).toMatchObject({ in_flight: 4, delivered: 4 });
    await Promise.all([full.engine.stop(), other.engine.stop()]);
  });

  it('pending until its time, when the message is scheduled; no earlier and without a second publish', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const { engine, sender } = place.createEngine();
    await engine.start();
    const deliverAt = new Date(place.clock.nowMs() + hourMs);
    const message = await publish(engine, application, { deliverAt });
    await place.clock.advance(hourMs - 1);
    expect(sender.requests).toEqual([]);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'pending', dueAt: deliverAt }]);
    await place.clock.advance(1_001);
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered' }]);
    await engine.stop();
  });

  it('leased, when the message was scheduled for an instant that has passed', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const { engine, sender } = place.createEngine();
    await engine.start();
    await publish(engine, application, { deliverAt: new Date(place.clock.nowMs() - 1) });
    await place.clock.advance(0);
    expect(sender.requests).toHaveLength(1);
    await engine.stop();
  });
});

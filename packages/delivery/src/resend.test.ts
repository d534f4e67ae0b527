import { describe, expect, it } from 'vitest';
import { createInstallation, environmentId, publish } from '../test/support/engine-harness.js';
import { createFaultyStorage } from '../test/support/faulty-storage.js';
import { answer, createGate } from '../test/support/scripted-sender.js';

const hourMs = 3_600_000;

async function createPlace() {
  const place = await createInstallation();
  const application = await place.addApplication();
  const endpoint = await place.addEndpoint(application, { retryScheduleMs: [hourMs, hourMs] });
  const { engine, sender } = place.createEngine();
  await engine.start();
  const refer = (messageId: string) => ({
    environmentId,
    applicationId: application.id,
    messageId,
    endpointId: endpoint.id,
  });
  return { place, application, endpoint, engine, sender, refer };
}

describe('a resend', () => {
  it('makes a waiting delivery due now instead of adding one', async () => {
    const { place, application, engine, sender, refer } = await createPlace();
    sender.script = (_request, index) => answer(index === 0 ? 500 : 200);
    const message = await publish(engine, application);
    await place.clock.advance(1);
    const [waiting] = await place.deliveriesOf(message.id);
    const result = await engine.resend(refer(message.id));
    expect(result).toMatchObject({ outcome: 'expedited', delivery: { id: waiting?.id } });
    await place.clock.advance(100);
    expect(await place.deliveriesOf(message.id)).toMatchObject([
      { id: waiting?.id, status: 'delivered', trigger: 'scheduled', attemptCount: 2 },
    ]);
    await engine.stop();
  });

  it('leaves a delivery in flight alone', async () => {
    const { place, application, engine, sender, refer } = await createPlace();
    sender.script = () => createGate<never>().promise;
    const message = await publish(engine, application);
    await place.clock.advance(1);
    expect(await engine.resend(refer(message.id))).toMatchObject({ outcome: 'in_flight' });
    expect(await place.deliveriesOf(message.id)).toHaveLength(1);
    await engine.stop();
  });

  it('adds a manual delivery of the same message when the last one has ended, every time', async () => {
    const { place, application, engine, sender, refer } = await createPlace();
    const message = await publish(engine, application);
    await place.clock.advance(100);
    for (const resends of [1, 2]) {
      const result = await engine.resend(refer(message.id));
      expect(result).toMatchObject({ outcome: 'appended', delivery: { trigger: 'manual', status: 'pending' } });
      await place.clock.advance(100);
      const deliveries = await place.deliveriesOf(message.id);
      expect(deliveries.map(({ status }) => status)).toEqual(Array.from({ length: resends + 1 }, () => 'delivered'));
    }
    expect(new Set(sender.requests.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([message.id]));
    expect((await place.attemptsOf(message)).map(({ trigger }) => trigger)).toEqual(['scheduled', 'manual', 'manual']);
    await engine.stop();
  });

  it('reaches an endpoint that did not subscribe to the message', async () => {
    const { place, application, engine, sender, refer } = await createPlace();
    const other = await place.addEndpoint(application, { eventTypes: ['user.created'] });
    const message = await publish(engine, application);
    await place.clock.advance(100);
    const result = await engine.resend({ ...refer(message.id), endpointId: other.id });
    expect(result).toMatchObject({ outcome: 'appended' });
    await place.clock.advance(3_000);
    expect(sender.requests.at(-1)?.url).toBe(other.url);
    await engine.stop();
  });

  it('is refused for a disabled endpoint', async () => {
    const { place, application, endpoint, engine, refer } = await createPlace();
    const message = await publish(engine, application);
    await place.clock.advance(100);
    await place.storage.replaceEndpoint({ endpoint: { ...endpoint, disabled: true, version: 2 } });
    expect(await engine.resend(refer(message.id))).toEqual({ outcome: 'endpoint_disabled' });
    expect(await place.deliveriesOf(message.id)).toHaveLength(1);
    await engine.stop();
  });

  it('tells what is missing', async () => {
    const { application, engine, refer } = await createPlace();
    const message = await publish(engine, application);
    expect(await engine.resend(refer('msg_unknown'))).toEqual({ outcome: 'message_missing' });
    const elsewhere = { ...refer(message.id), endpointId: 'ep_unknown' };
    expect(await engine.resend(elsewhere)).toEqual({ outcome: 'endpoint_missing' });
    const foreign = { ...refer(message.id), environmentId: 'env_other' };
    expect(await engine.resend(foreign)).toEqual({ outcome: 'endpoint_missing' });
    await engine.stop();
  });

  it('recognises that a worker took the delivery in the same moment', async () => {
    const { place, application, engine, sender, refer } = await createPlace();
    sender.script = (_request, index) => (index === 0 ? answer(500) : createGate<never>().promise);
    const message = await publish(engine, application);
    await place.clock.advance(1);
    const faulty = createFaultyStorage(place.storage);
    faulty.before('expediteDelivery', async () => {
      await place.storage.claimDue({
        workerId: 'other',
        limit: 10,
        perEndpointLimit: 10,
        now: new Date(place.clock.nowMs() + 2 * hourMs),
        leaseUntil: new Date(place.clock.nowMs() + 3 * hourMs),
      });
    });
    const second = place.createEngine({ role: 'api' }, { storage: faulty.storage });
    expect(await second.engine.resend(refer(message.id))).toMatchObject({ outcome: 'in_flight' });
    expect(await place.deliveriesOf(message.id)).toHaveLength(1);
    await engine.stop();
  });
});

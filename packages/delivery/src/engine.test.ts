import { describe, expect, it } from 'vitest';
import { createInstallation, publish } from '../test/support/engine-harness.js';

describe('an engine', () => {
  it('delivers what is published, signed, and records it', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const endpoint = await place.addEndpoint(application);
    const { engine, sender } = place.createEngine();
    await engine.start();

    const message = await publish(engine, application, { payload: '{"amount": 12.50 }' });
    await place.clock.advance(10);

    expect(sender.requests).toHaveLength(1);
    const [request] = sender.requests;
    expect(request?.url).toBe(endpoint.url);
    expect(request?.headers).toMatchObject({ 'webhook-id': message.id, 'content-type': 'application/json' });
    expect(Buffer.from(request?.body ?? '').toString()).toBe('{"amount": 12.50 }');
    const [delivery] = await place.deliveriesOf(message.id);
    expect(delivery).toMatchObject({ status: 'delivered', attemptCount: 1, leaseToken: 1 });
    expect(await place.attemptsOf(message)).toMatchObject([
      { outcome: 'succeeded', number: 1, responseStatusCode: 200, responseBody: 'status 200', url: endpoint.url },
    ]);
    expect(engine.stats()).toMatchObject({ leased: 0, inFlight: 0, lanes: 0, counters: { delivered: 1, attempts: 1 } });
    await engine.stop();
    expect(place.clock.pendingTimers).toBe(0);
  });
});

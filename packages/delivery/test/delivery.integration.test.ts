import { systemClock, systemRandom } from '@postrider/core';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEgressPolicy, createSender, type HttpSender } from '../src/index.js';
import { createInstallation, environmentId, publish, signingKey } from './support/engine-harness.js';
import { startReceiver, type ReceivedRequest, type Receiver } from './support/receiver.js';

let receiver: Receiver;
let sender: HttpSender;

beforeEach(async () => {
  receiver = await startReceiver();
  sender = createSender({ policy: createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] }) });
});

afterEach(async () => {
  await sender.close();
  await receiver.close();
});

function textHeaders(request: ReceivedRequest): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}

/** An installation on real time, with its receiver behind a real network. */
async function createPlace(options: { readonly retryScheduleMs?: readonly number[] } = {}) {
  const place = await createInstallation();
  const application = await place.addApplication();
  const endpoint = await place.addEndpoint(application, { url: `${receiver.url}/hook`, ...options });
  const { engine } = place.createEngine({}, { sender, clock: systemClock, random: systemRandom });
  await engine.start();
  return { place, application, endpoint, engine };
}

describe('a webhook as its receiver sees it', () => {
  it.each([
    ['the libraries of Standard Webhooks', StandardWebhook],
    ['the libraries of Svix', SvixWebhook],
  ])('verifies with %s', async (_name, Webhook) => {
    const { place, application, engine } = await createPlace();
    const payload = '{"text":"Grüße 🚚","amount": 12.50,"nested":{"a":[1,2,3]}}';
    const message = await publish(engine, application, { payload });
    await receiver.received(1);
    await engine.drain({ deadlineMs: 5_000 });

    const [request] = receiver.requests;
    if (request === undefined) throw new Error('Nothing was received.');
    expect(request.body).toBe(payload);
    expect(request.headers).toMatchObject({ 'webhook-id': message.id, 'content-type': 'application/json' });
    expect(() => new Webhook(signingKey).verify(request.body, textHeaders(request))).not.toThrow();
    expect(() => new Webhook(signingKey).verify(`${request.body} `, textHeaders(request))).toThrow('signature');
    expect(await place.attemptsOf(message)).toMatchObject([
      { outcome: 'succeeded', responseStatusCode: 200, responseBody: 'thank you' },
    ]);
    await engine.stop();
  });

  it('verifies with the new secret and with the replaced one while both are valid', async () => {
    const { place, application, endpoint, engine } = await createPlace();
    const key = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
    const at = { environmentId, applicationId: application.id, endpointId: endpoint.id };
    const [old] = (await place.storage.getEndpointSecrets(at)) ?? [];
    if (old === undefined) throw new Error('The endpoint has no secret.');
    const expiresAt = new Date(systemClock.nowMs() + 60_000);
    await place.storage.replaceEndpointSecrets({
      ...at,
      expected: [old],
      secrets: [
        { scheme: 'v1', key, createdAt: systemClock.now() },
        { ...old, expiresAt },
      ],
    });
    engine.invalidateRoutes({ applicationId: application.id });
    await publish(engine, application);
    await receiver.received(1);
    const [request] = receiver.requests;
    if (request === undefined) throw new Error('Nothing was received.');
    for (const secret of [key, signingKey]) {
      expect(new StandardWebhook(secret).verify(request.body, textHeaders(request))).toEqual({ amount: 1 });
    }
    await engine.stop();
  });
});

describe('delivery over a network', () => {
  it('reaches everybody exactly once when nothing fails', async () => {
    const { place, application, engine } = await createPlace();
    for (let n = 0; n < 4; n += 1) await place.addEndpoint(application, { url: `${receiver.url}/more/${n}` });
    engine.invalidateRoutes({ applicationId: application.id });
    const messages = await Promise.all(Array.from({ length: 200 }, () => publish(engine, application)));
    await receiver.received(1_000);
    await engine.drain({ deadlineMs: 10_000 });
    expect(await place.count()).toMatchObject({ delivered: 1_000, in_flight: 0, pending: 0 });
    const seen = receiver.requests.map(({ path, headers }) => `${path} ${String(headers['webhook-id'])}`);
    expect(new Set(seen).size).toBe(1_000);
    expect(seen).toHaveLength(1_000);
    expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set(messages.map(({ id }) => id)),
    );
    await engine.stop();
  });

  it('tries again after an error, with the same id and a signature of its own', async () => {
    receiver.answer = (_request, index) => ({ status: index === 0 ? 500 : 204 });
    const { place, application, engine } = await createPlace({ retryScheduleMs: [1_000] });
    const message = await publish(engine, application);
    await receiver.received(2);
    await engine.drain({ deadlineMs: 5_000 });
    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([message.id, message.id]);
    for (const request of receiver.requests) {
      expect(new StandardWebhook(signingKey).verify(request.body, textHeaders(request))).toEqual({ amount: 1 });
    }
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'delivered', attemptCount: 2 }]);
    await engine.stop();
  });

  it('cuts off a receiver that never answers when the engine stops, and says that nobody knows', async () => {
    receiver.answer = () => 'silence';
    const { place, application, engine } = await createPlace();
    const message = await publish(engine, application);
    await receiver.received(1);
    await engine.stop();
    expect(await place.deliveriesOf(message.id)).toMatchObject([{ status: 'pending', attemptCount: 0 }]);
    expect(await place.attemptsOf(message)).toMatchObject([{ outcome: 'unknown' }]);
  });

  it('sends nothing to an address that the policy forbids', async () => {
    const { place, application, engine } = await createPlace();
    const blocked = await place.addEndpoint(application, {
      url: 'http://169.254.169.254/latest',
      eventTypes: ['meta'],
    });
    engine.invalidateRoutes({ applicationId: application.id });
    const message = await publish(engine, application, { eventType: 'meta' });
    await receiver.received(1);
    await engine.drain({ deadlineMs: 5_000 });
    const deliveries = await place.deliveriesOf(message.id);
    expect(deliveries.find(({ endpointId }) => endpointId === blocked.id)).toMatchObject({
      status: 'dead_letter',
      reason: 'blocked_address',
    });
    await engine.stop();
  });
});

import { PostriderError, type Delivery, type Endpoint, type Message, type Storage } from '@postrider/core';
import { describe, expect, it } from 'vitest';
import { createInstallation, environmentId, publish, type Installation } from '../../test/support/engine-harness.js';
import { createFaultyStorage, unavailable } from '../../test/support/faulty-storage.js';
import { answer, createGate, failure, type Script } from '../../test/support/scripted-sender.js';
import type { DeliveryEngineOptions } from '../options.js';

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;

/** A published message on its way to one endpoint, whose answers are scripted. */
async function send(params: {
  readonly script?: Script;
  readonly endpoint?: Partial<Endpoint>;
  readonly options?: DeliveryEngineOptions;
}) {
  const place = await createInstallation();
  const application = await place.addApplication();
  const endpoint = await place.addEndpoint(application, params.endpoint);
  const { engine, sender } = place.createEngine(params.options);
  if (params.script !== undefined) sender.script = params.script;
  await engine.start();
  const message = await publish(engine, application);
  await place.clock.advance(1);
  const delivery = async (): Promise<Delivery> => only(await place.deliveriesOf(message.id));
  return { place, application, endpoint, engine, sender, message, delivery };
}

function only<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined || items.length !== 1) throw new Error(`Expected one item, found ${items.length}.`);
  return first;
}

async function statusOf(place: Installation, message: Message): Promise<string> {
  const { status, reason } = only(await place.deliveriesOf(message.id));
  return reason === undefined ? status : `${status}(${reason})`;
}

describe('a failed attempt', () => {
  it('is recorded and repeated by the schedule of the platform, within its jitter, until one succeeds', async () => {
    const { place, engine, sender, message, delivery } = await send({
      script: (_request, index) => answer(index < 3 ? 500 : 200),
    });
    const sentAtMs = [place.clock.nowMs() - 1];
    for (const latestMs of [10 * secondMs, 6 * minuteMs, 36 * minuteMs]) {
      const { dueAt, status } = await delivery();
      expect(status).toBe('pending');
      sentAtMs.push(dueAt.getTime());
      expect(dueAt.getTime() - (sentAtMs.at(-2) ?? 0)).toBeLessThanOrEqual(latestMs + 2 * secondMs);
      await place.clock.advance(dueAt.getTime() - place.clock.nowMs() + secondMs);
    }
    expect(await statusOf(place, message)).toBe('delivered');
    const delaysMs = sentAtMs.slice(1).map((atMs, index) => atMs - (sentAtMs[index] ?? 0));
    for (const [index, shortestMs] of [secondMs, 4 * minuteMs, 24 * minuteMs].entries()) {
      expect(delaysMs[index]).toBeGreaterThanOrEqual(shortestMs);
    }
    const attempts = await place.attemptsOf(message);
    expect(attempts.map(({ number, outcome, responseStatusCode }) => [number, outcome, responseStatusCode])).toEqual([
      [1, 'failed', 500],
      [2, 'failed', 500],
      [3, 'failed', 500],
      [4, 'succeeded', 200],
    ]);
    expect(new Set(sender.requests.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([message.id]));
    expect(new Set(sender.requests.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(4);
    expect(new Set(sender.requests.map(({ headers }) => headers['webhook-signature'])).size).toBe(4);
    await engine.stop();
  });

  it('follows the schedule of its endpoint, and the last one is a dead letter', async () => {
    const { place, engine, sender, message } = await send({
      script: () => answer(500),
      endpoint: { retryScheduleMs: [minuteMs, 2 * minuteMs] },
    });
    await place.clock.advance(hourMs);
    expect(sender.requests).toHaveLength(3);
    expect(await statusOf(place, message)).toBe('dead_letter(exhausted)');
    expect(engine.stats().counters).toMatchObject({ attempts: 3, retried: 2, deadLettered: 1 });
    await place.clock.advance(24 * hourMs);
    expect(sender.requests).toHaveLength(3);
    await engine.stop();
  });

  it('is the last one when the next would come too long after the first', async () => {
    const { place, engine, sender, message } = await send({
      script: () => answer(500),
      endpoint: { retryScheduleMs: [minuteMs, 10 * minuteMs] },
      options: { maxAgeMs: 5 * minuteMs },
    });
    await place.clock.advance(2 * minuteMs);
    expect(sender.requests).toHaveLength(2);
    expect(await statusOf(place, message)).toBe('dead_letter(exhausted)');
    await engine.stop();
  });

  it('keeps the kind of error where there was no response', async () => {
    const { place, engine, message } = await send({ script: () => failure('connection_refused') });
    expect(await place.attemptsOf(message)).toMatchObject([
      { outcome: 'failed', responseStatusCode: 0, responseBody: '', errorKind: 'connection_refused' },
    ]);
    await engine.stop();
  });

  it.each([
    ['blocked_address', failure('blocked_address')],
    ['payload_too_large', answer(413)],
  ])('ends the delivery at once: %s', async (reason, result) => {
    const { place, engine, message } = await send({ script: () => result });
    expect(await statusOf(place, message)).toBe(`dead_letter(${reason})`);
    expect(await place.attemptsOf(message)).toHaveLength(1);
    await engine.stop();
  });
});

describe('a receiver that asks for a pause', () => {
  it.each([429, 503])('with %i is left alone by all deliveries until then, which cost no attempt', async (status) => {
    const { place, application, engine, sender, message } = await send({
      script: (_request, index) => (index === 0 ? answer(status, { retryAfter: '120' }) : answer(200)),
    });
    expect(await statusOf(place, message)).toBe('pending');
    const second = await publish(engine, application);
    await place.clock.advance(119 * secondMs);
    expect(sender.requests).toHaveLength(1);
    await place.clock.advance(15 * secondMs);
    expect(sender.requests).toHaveLength(3);
    expect(await statusOf(place, message)).toBe('delivered');
    expect(only(await place.deliveriesOf(second.id))).toMatchObject({ status: 'delivered', attemptCount: 1 });
    await engine.stop();
  });

  it('postpones what already waits in its lane, without an attempt', async () => {
    const gate = createGate<void>();
    const { place, application, engine, sender } = await send({
      script: async (_request, index) => {
        if (index > 0) return answer(200);
        await gate.promise;
        return answer(429, { retryAfter: '60' });
      },
      options: { perEndpointConcurrency: 1 },
    });
    const waiting = await publish(engine, application);
    await place.clock.advance(1);
    gate.open();
    await place.clock.advance(1);
    const postponed = only(await place.deliveriesOf(waiting.id));
    expect(postponed).toMatchObject({ status: 'pending', attemptCount: 0 });
    const delayMs = postponed.dueAt.getTime() - place.clock.nowMs();
    expect(delayMs).toBeGreaterThan(59 * secondMs);
    expect(delayMs).toBeLessThanOrEqual(66 * secondMs);
    expect(sender.requests).toHaveLength(1);
    await place.clock.advance(70 * secondMs);
    expect(await statusOf(place, waiting)).toBe('delivered');
    await engine.stop();
  });

  it('is obeyed for the longest time it asked for, in whatever order its answers come', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const { engine, sender } = place.createEngine();
    sender.script = async (_request, index) => {
      await place.clock.sleep({ delayMs: 100 * (index + 1) });
      return answer(429, { retryAfter: index === 0 ? '600' : '1' });
    };
    await engine.start();
    const pausedUntil = new Date(place.clock.nowMs() + 100 + 600 * secondMs);
    await Promise.all([publish(engine, application), publish(engine, application)]);
    await place.clock.advance(500);
    expect(sender.requests).toHaveLength(2);
    const routes = await place.storage.loadRoutes({ applicationId: application.id });
    expect(routes?.endpoints.map(({ state }) => state.pausedUntil)).toEqual([pausedUntil]);
    await engine.stop();
  });

  it('does not make its publishers ask storage again and again', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const faulty = createFaultyStorage(place.storage);
    const { engine, sender } = place.createEngine({}, { storage: faulty.storage });
    sender.script = () => answer(429, { retryAfter: '600' });
    await engine.start();
    await publish(engine, application);
    await place.clock.advance(5 * secondMs);
    const before = faulty.calls('claimDue');
    for (let n = 0; n < 100; n += 1) {
      await publish(engine, application);
      await place.clock.advance(20);
    }
    expect(faulty.calls('claimDue') - before).toBeLessThanOrEqual(4);
    await engine.stop();
  });

  it('is not obeyed on other statuses', async () => {
    const { place, engine, message } = await send({ script: () => answer(500, { retryAfter: '3600' }) });
    const { dueAt } = only(await place.deliveriesOf(message.id));
    expect(dueAt.getTime() - place.clock.nowMs()).toBeLessThanOrEqual(10 * secondMs);
    await engine.stop();
  });
});

describe('an endpoint that changed', () => {
  it('is disabled when it answers 410, with all that waits for it', async () => {
    const { place, application, endpoint, engine, sender, message } = await send({
      script: (_request, index) => answer(index === 0 ? 500 : 410),
      endpoint: { retryScheduleMs: [hourMs] },
    });
    const second = await publish(engine, application);
    await place.clock.advance(10);
    expect(await statusOf(place, second)).toBe('dead_letter(endpoint_gone)');
    expect(await statusOf(place, message)).toBe('dead_letter(endpoint_gone)');
    const stored = await place.storage.getEndpoint({
      environmentId,
      applicationId: application.id,
      endpoint: { id: endpoint.id },
    });
    expect(stored).toMatchObject({ disabled: true, disabledReason: 'gone', version: 2 });
    const third = await publish(engine, application);
    expect(await place.deliveriesOf(third.id)).toEqual([]);
    await place.clock.advance(2 * hourMs);
    expect(sender.requests).toHaveLength(2);
    await engine.stop();
  });

  it('gets nothing more once it is disabled; what was claimed for it is settled without a request', async () => {
    const gate = createGate<void>();
    const { place, application, endpoint, engine, sender, message } = await send({
      script: async () => {
        await gate.promise;
        return answer(200);
      },
      options: { perEndpointConcurrency: 1 },
    });
    const waiting = await publish(engine, application);
    await place.clock.advance(1);
    await place.storage.replaceEndpoint({
      endpoint: { ...endpoint, disabled: true, disabledReason: 'manual', version: 2 },
    });
    engine.invalidateRoutes({ applicationId: application.id });
    gate.open();
    await place.clock.advance(10);
    // A success that comes after the endpoint was disabled is a success.
    expect(await statusOf(place, message)).toBe('delivered');
    expect(await statusOf(place, waiting)).toBe('dead_letter(endpoint_disabled)');
    expect(sender.requests).toHaveLength(1);
    await engine.stop();
  });

  it('gets nothing more once it is deleted', async () => {
    const gate = createGate<void>();
    const { place, application, endpoint, engine, sender } = await send({
      script: async () => {
        await gate.promise;
        return answer(200);
      },
      options: { perEndpointConcurrency: 1 },
    });
    const waiting = await publish(engine, application);
    await place.clock.advance(1);
    await place.storage.deleteEndpoint({
      environmentId,
      applicationId: application.id,
      endpointId: endpoint.id,
      deletedAt: place.clock.now(),
    });
    engine.invalidateRoutes({ applicationId: application.id });
    gate.open();
    await place.clock.advance(10);
    expect(await statusOf(place, waiting)).toBe('cancelled(endpoint_deleted)');
    expect(sender.requests).toHaveLength(1);
    await engine.stop();
  });

  it('is sent to at its newest URL', async () => {
    const { place, endpoint, engine, sender } = await send({
      script: (_request, index) => answer(index === 0 ? 500 : 200),
    });
    await place.storage.replaceEndpoint({ endpoint: { ...endpoint, url: 'https://new.example/', version: 2 } });
    await place.clock.advance(15 * secondMs);
    expect(sender.requests.map(({ url }) => url)).toEqual([endpoint.url, 'https://new.example/']);
    await engine.stop();
  });

  it('has its own deadline, cut to the longest allowed', async () => {
    const deadlines: number[] = [];
    for (const timeoutMs of [undefined, 3_000, 50_000]) {
      const { engine, sender } = await send({ endpoint: { timeoutMs } });
      deadlines.push(sender.requests[0]?.deadlineMs ?? 0);
      await engine.stop();
    }
    expect(deadlines).toEqual([20_000, 3_000, 30_000]);
  });
});

describe('a fault of our own', () => {
  it('costs no attempt; the delivery comes back with growing delays and is a dead letter after five', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const good = await place.addEndpoint(application);
    const broken = await place.addEndpoint(application);
    const secret = { scheme: 'v1', key: 'whsec_broken', createdAt: place.clock.now() } as const;
    const stored = await place.storage.getEndpointSecrets({
      environmentId,
      applicationId: application.id,
      endpointId: broken.id,
    });
    await place.storage.replaceEndpointSecrets({
      environmentId,
      applicationId: application.id,
      endpointId: broken.id,
      expected: stored ?? [],
      secrets: [secret],
    });
    const { engine, sender } = place.createEngine();
    await engine.start();
    const messages = await Promise.all(Array.from({ length: 20 }, () => publish(engine, application)));
    await place.clock.advance(500);
    expect(sender.requests).toHaveLength(20);
    await place.clock.advance(30 * secondMs);
    for (const message of messages) {
      const [toGood, toBroken] = await place.deliveriesOf(message.id);
      expect(toGood).toMatchObject({ endpointId: good.id, status: 'delivered' });
      expect(toBroken).toMatchObject({ status: 'dead_letter', reason: 'internal', attemptCount: 0 });
    }
    expect(engine.stats().counters).toMatchObject({ internalFaults: 100, attempts: 20 });
    await engine.stop();
  });

  it('is a request that could not be made; when it can be, everything is as if nothing had been', async () => {
    const { place, engine, message, delivery } = await send({
      script: (_request, index) => (index < 3 ? failure('internal') : answer(200)),
    });
    expect(await delivery()).toMatchObject({ status: 'pending', attemptCount: 0 });
    await place.clock.advance(minuteMs);
    expect(await delivery()).toMatchObject({ status: 'delivered', attemptCount: 1 });
    expect(await place.attemptsOf(message)).toHaveLength(1);
    await engine.stop();
  });

  it('of one endpoint keeps its deliveries waiting while it may pass, and nobody else', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const good = await place.addEndpoint(application);
    const locked = await place.addEndpoint(application);
    const fault = new PostriderError('SECRET_KEY_MISSING', 'The key is missing.', { retryable: true });
    let isLocked = true;
    const loadRoutes: Storage['loadRoutes'] = async (params) => {
      const routes = await place.storage.loadRoutes(params);
      const endpoints = routes?.endpoints.map((routed) =>
        isLocked && routed.endpoint.id === locked.id ? { ...routed, secrets: [], fault } : routed,
      );
      return routes && { ...routes, endpoints: endpoints ?? [] };
    };
    const storage = new Proxy(place.storage, {
      get: (target, name) => (name === 'loadRoutes' ? loadRoutes : (Reflect.get(target, name) as unknown)),
    });
    const { engine } = place.createEngine({}, { storage });
    await engine.start();
    const message = await publish(engine, application);
    await place.clock.advance(10 * minuteMs);
    const [toGood, toLocked] = await place.deliveriesOf(message.id);
    expect(toGood).toMatchObject({ endpointId: good.id, status: 'delivered' });
    expect(toLocked).toMatchObject({ status: 'pending', attemptCount: 0 });
    isLocked = false;
    await place.clock.advance(2 * minuteMs);
    expect((await place.deliveriesOf(message.id))[1]).toMatchObject({ status: 'delivered', attemptCount: 1 });
    await engine.stop();
  });

  it('is storage out of reach, however long: it is never held against the delivery', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    const faulty = createFaultyStorage(place.storage);
    const api = place.createEngine({ role: 'api' });
    const worker = place.createEngine({ role: 'worker' }, { storage: faulty.storage });
    faulty.before('loadRoutes', () => {
      throw unavailable();
    });
    await worker.engine.start();
    const message = await publish(api.engine, application);
    await place.clock.advance(minuteMs);
    expect(faulty.calls('loadRoutes')).toBeGreaterThan(10);
    expect(await statusOf(place, message)).not.toContain('dead_letter');
    faulty.before('loadRoutes', undefined);
    await place.clock.advance(5 * secondMs);
    expect(only(await place.deliveriesOf(message.id))).toMatchObject({ status: 'delivered', attemptCount: 1 });
    await worker.engine.stop();
  });
});

describe('the delivered request', () => {
  it('carries the signature under both names, unless the alias is turned off', async () => {
    const names = async (options: DeliveryEngineOptions): Promise<string[]> => {
      const { engine, sender } = await send({ options });
      await engine.stop();
      return Object.keys(sender.requests[0]?.headers ?? {}).toSorted();
    };
    const plain = ['content-type', 'user-agent', 'webhook-id', 'webhook-signature', 'webhook-timestamp'];
    expect(await names({ svixHeaders: false })).toEqual(plain);
    expect(await names({})).toEqual([...plain, 'svix-id', 'svix-signature', 'svix-timestamp'].toSorted());
  });

  it('cannot have its signature replaced by a custom header', async () => {
    const { engine, sender, message } = await send({ endpoint: { headers: { 'webhook-id': 'forged', 'x-own': '1' } } });
    expect(sender.requests[0]?.headers).toMatchObject({ 'webhook-id': message.id, 'x-own': '1' });
    await engine.stop();
  });
});

describe('isolation', () => {
  it('keeps the deliveries of healthy endpoints prompt beside endpoints that never answer', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const slowEndpoints = await Promise.all(
      Array.from({ length: 5 }, () => place.addEndpoint(application, { eventTypes: ['slow'] })),
    );
    const slowUrls = new Set(slowEndpoints.map(({ url }) => url));
    await place.addEndpoint(application, { eventTypes: ['healthy'] });
    const { engine, sender } = place.createEngine({ maxInFlight: 64, perEndpointConcurrency: 32, maxLeased: 500 });
    sender.script = async (request) => {
      if (!slowUrls.has(request.url)) return answer(200);
      await place.clock.sleep({ delayMs: 20 * secondMs });
      return failure('timeout');
    };
    await engine.start();
    for (let n = 0; n < 300; n += 1) await publish(engine, application, { eventType: 'slow' });
    await place.clock.advance(100);
    for (let n = 0; n < 50; n += 1) {
      const message = await publish(engine, application, { eventType: 'healthy' });
      await place.clock.advance(10);
      expect(await statusOf(place, message)).toBe('delivered');
    }
    expect(sender.peak).toBeLessThanOrEqual(64);
    expect(engine.stats().leased).toBeLessThanOrEqual(500);
    await engine.stop();
  });
});

describe('a fault of ours after the request was written', () => {
  it('costs the delivery no attempt and is followed by another request under the same id', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application);
    let hits = 0;
    const hit = (name: string): void => {
      if (name === 'attempt.after_request_written' && (hits += 1) === 1) throw new Error('Struck.');
    };
    const { engine, sender } = place.createEngine({}, { failpoints: { hit } });
    await engine.start();
    const message = await publish(engine, application);
    await place.clock.advance(5 * secondMs);
    expect(await statusOf(place, message)).toBe('delivered');
    expect(await place.attemptsOf(message)).toMatchObject([{ number: 1, outcome: 'succeeded' }]);
    expect(sender.requests.map(({ headers }) => headers['webhook-id'])).toEqual([message.id, message.id]);
    await engine.stop();
  });
});

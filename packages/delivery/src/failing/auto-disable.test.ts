import type { Endpoint } from '@postrider/core';
import { describe, expect, it } from 'vitest';
import { createInstallation, environmentId, publish } from '../../test/support/engine-harness.js';
import { answer, type Script } from '../../test/support/scripted-sender.js';
import type { DeliveryEngineOptions } from '../options.js';
import type { DeliveryObserver } from '../ports/delivery-observer.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Loops that come seldom: days pass quickly. */
const slowLoops: DeliveryEngineOptions = {
  ...{ leaseMs: hourMs, heartbeatIntervalMs: 20 * minuteMs, reapIntervalMs: 20 * minuteMs },
  ...{ pollIntervalMs: 20 * minuteMs, failureCheckIntervalMs: 20 * minuteMs },
};

/** Workers on one endpoint that is retried every two hours, and what their observers hear. */
async function createPlace({
  workers = 1,
  script = () => answer(500),
  options = {},
}: { workers?: number; script?: Script; options?: DeliveryEngineOptions } = {}) {
  const place = await createInstallation();
  const application = await place.addApplication();
  const retryScheduleMs = Array.from({ length: 20 }, () => 12 * hourMs);
  const endpoint = await place.addEndpoint(application, { retryScheduleMs });
  const startMs = place.clock.nowMs();
  const heard: string[] = [];
  const hear = (text: string): number =>
    heard.push(`${Math.floor((place.clock.nowMs() - startMs) / hourMs)} h: ${text}`);
  const observer: DeliveryObserver = {
    endpointFailing: ({ endpoint: { id }, failingSince, stage }) =>
      hear(`${id === endpoint.id && failingSince.getTime() - startMs < minuteMs ? 'failing' : 'wrong'} ${stage}`),
    endpointDisabled: ({ disabledReason }) => hear(`disabled ${disabledReason}`),
  };
  const create = () => {
    const created = place.createEngine(
      { ...slowLoops, maxAgeMs: 1_000 * hourMs, ...options },
      { observers: { all: () => [observer] } },
    );
    created.sender.script = script;
    return created.engine;
  };
  const engines = Array.from({ length: workers }, create);
  for (const engine of engines) await engine.start();
  const [engine] = engines;
  if (engine === undefined) throw new Error('No worker.');
  const stored = (): Promise<Endpoint | undefined> =>
    place.storage.getEndpoint({ environmentId, applicationId: application.id, endpoint: { id: endpoint.id } });
  const stop = async (): Promise<void> => {
    for (const each of engines) await each.stop();
  };
  return { place, application, endpoint, engine, engines, create, heard, stored, stop };
}

type Place = Awaited<ReturnType<typeof createPlace>>;

async function publishSome({ engine, application }: Place, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await publish(engine, application);
}

describe('an endpoint that fails for long', () => {
  it('is told of after 24 and 72 hours by one of all workers, then disabled with all that waits for it', async () => {
    const scene = await createPlace({ workers: 3 });
    await publishSome(scene, 10);
    await scene.place.clock.advance(150 * hourMs);
    expect(scene.heard.map((text) => text.replace(/^\d+ h: /u, ''))).toEqual([
      'failing 24h',
      'failing 72h',
      'disabled failing',
    ]);
    const hours = scene.heard.map((text) => Number(text.split(' ', 1)[0]));
    for (const [index, stage] of [24, 72, 120].entries()) {
      expect(hours[index]).toBeGreaterThanOrEqual(stage);
      // The retries come twice a day.
      expect(hours[index]).toBeLessThanOrEqual(stage + 13);
    }
    expect(await scene.stored()).toMatchObject({ disabled: true, disabledReason: 'failing', version: 2 });
    expect(await scene.place.count()).toMatchObject({ pending: 0, in_flight: 0, dead_letter: 10 });
    const { items } = await scene.place.storage.listDeliveries({
      ...{ environmentId, filter: {}, page: { limit: 100, order: 'ascending' } },
    });
    expect(new Set(items.map(({ reason }) => reason))).toEqual(new Set(['endpoint_disabled']));
    await scene.stop();
  });

  it('is disabled although every worker was restarted meanwhile', async () => {
    const scene = await createPlace();
    await publishSome(scene, 10);
    await scene.place.clock.advance(50 * hourMs);
    await scene.stop();
    const next = scene.create();
    await next.start();
    await scene.place.clock.advance(100 * hourMs);
    expect(scene.heard.at(-1)).toMatch(/disabled failing$/u);
    expect(scene.heard).toHaveLength(3);
    await next.stop();
  });

  it.each([
    ['one success in between', { script: (_request, index) => answer(index === 40 ? 200 : 500) }, 10],
    ['fewer than two messages', {}, 1],
    ['it turned off', { options: { autoDisableAfterMs: 0 } }, 10],
    ['answers that say nothing of the endpoint', { script: () => answer(429) }, 10],
  ] satisfies [string, Parameters<typeof createPlace>[0], number][])(
    'is left alone with %s',
    async (_, given, count) => {
      const scene = await createPlace(given);
      await publishSome(scene, count);
      await scene.place.clock.advance(130 * hourMs);
      expect(scene.heard.filter((text) => text.includes('disabled'))).toEqual([]);
      expect(await scene.stored()).toMatchObject({ disabled: false });
      await scene.stop();
    },
  );

  it('is watched by a loop, which goes on in another worker when one stops', async () => {
    const scene = await createPlace({ workers: 2 });
    const [first, second] = scene.engines;
    const { name, intervalMs } = first?.stats().loops.at(-1) ?? {};
    expect({ name, intervalMs }).toEqual({ name: 'auto_disable', intervalMs: 20 * minuteMs });
    await publishSome(scene, 10);
    await scene.place.clock.advance(20 * hourMs);
    await first?.stop();
    await scene.place.clock.advance(20 * hourMs);
    expect(scene.heard.map((text) => text.slice(-3))).toEqual(['24h']);
    await second?.stop();
  });
});

describe('endpoints that fail together', () => {
  it('are left alone while our own network is the suspect', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    for (let n = 0; n < 12; n += 1) await place.addEndpoint(application);
    const disabled: string[] = [];
    const options = {
      ...slowLoops,
      autoDisableAfterMs: 2 * hourMs,
      retryScheduleMs: Array.from({ length: 20 }, () => 10 * minuteMs),
    };
    let isReachable = false;
    const { engine, sender } = place.createEngine(options, {
      canary: async () => isReachable,
      observers: { all: () => [{ endpointDisabled: ({ id }) => disabled.push(id) }] },
    });
    sender.script = () => answer(500);
    await engine.start();
    for (let n = 0; n < 12; n += 1) await publish(engine, application);
    await place.clock.advance(3 * hourMs);
    expect(engine.stats().egressSuspects).toEqual([environmentId]);
    expect(disabled).toEqual([]);
    isReachable = true;
    await place.clock.advance(hourMs);
    expect(disabled).toHaveLength(12);
    await engine.stop();
  });
});

/**
 * What the engine itself costs per delivery: routing, lanes, guards, signing and recording, on the memory storage and with
 * a sender that answers at once. Counted in CPU time of the one thread, which other work on the machine disturbs little.
 *
 *   node bench/micro/delivery.ts
 */
import {
  createIdGenerator,
  createLocalWake,
  silentLogger,
  systemClock,
  systemRandom,
  type Application,
} from '@postrider/core';
import { createMemoryStorage } from '@postrider/core/testing';
import { createDeliveryEngine, generateSecret } from '@postrider/delivery';
import { median } from '../src/statistics.ts';

const rounds = 7;
const deliveries = 20_000;
const endpoints = 20;
const atOnce = 500;

async function measure(): Promise<number> {
  const storage = createMemoryStorage();
  await storage.migrate({});
  const ids = createIdGenerator({ clock: systemClock, random: systemRandom });
  const at = { createdAt: systemClock.now(), updatedAt: systemClock.now(), version: 1, metadata: {} };
  const environmentId = 'env_1';
  await storage.ensureEnvironment({ environment: { id: environmentId, name: 'Benchmark', createdAt: at.createdAt } });
  const applications: Application[] = [];
  for (let n = 0; n < endpoints; n += 1) {
    const application = { id: ids.next('app_'), environmentId, name: 'Benchmark', ...at };
    await storage.createApplication({ application });
    const owner = { environmentId, applicationId: application.id, description: '', disabled: false, headers: {} };
    const endpoint = { id: ids.next('ep_'), url: 'https://receiver.example/hook', ...owner, ...at };
    const secret = { scheme: 'v1' as const, key: generateSecret(systemRandom), createdAt: at.createdAt };
    await storage.createEndpoint({ endpoint, secrets: [secret] });
    applications.push(application);
  }
  const sender = {
    send: async () => ({ kind: 'response' as const, statusCode: 200, body: '', durationMs: 1 }),
    close: async () => undefined,
  };
  const deps = { storage, sender, clock: systemClock, random: systemRandom, logger: silentLogger };
  const engine = createDeliveryEngine({ ...deps, wake: createLocalWake({ logger: silentLogger }) });
  await engine.start();
  const message = { eventType: 'bench.event', payload: `{"filler":"${'x'.repeat(480)}"}` };
  const before = process.threadCpuUsage();
  for (let sent = 0; sent < deliveries; sent += atOnce) {
    await Promise.all(
      Array.from({ length: atOnce }, async (_, n) => {
        const application = applications[(sent + n) % applications.length];
        if (application !== undefined) await engine.publish({ application, message });
      }),
    );
  }
  while (engine.stats().counters.delivered < deliveries) await systemClock.sleep({ delayMs: 1 });
  const { user } = process.threadCpuUsage(before);
  await engine.stop();
  await storage.close();
  return user / deliveries;
}

const samples: number[] = [];
await measure(); // warm up
for (let round = 0; round < rounds; round += 1) samples.push(await measure());
console.log(`${median(samples).toFixed(1)} µs per delivery (${samples.map((sample) => sample.toFixed(1)).join(' ')})`);

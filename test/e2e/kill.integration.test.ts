/**
 * kill -9 at random moments under load. A producer publishes without pause and remembers every id that it got a 202
 * for; the server is killed and started again on the same data, over and over. In the end every remembered message
 * must have arrived, and whatever arrived twice must be recognisable by its webhook-id. `POSTRIDER_TEST_KILLS` says how
 * often (20).
 */
import { afterEach, describe, expect, it } from 'vitest';
import { callApi, createApplication } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { freePort, startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

const kills = Number(process.env['POSTRIDER_TEST_KILLS'] ?? '20');
/** Short, so that what a killed process held is taken over soon. */
const leaseEnvironment = { POSTRIDER_ATTEMPT_TIMEOUT_MS: '1000', POSTRIDER_LEASE_MS: '12000' };

describe.each(storageKinds)('kill -9 on $name', (kind) => {
  let storage: StorageUnderTest | undefined;
  let receiver: Receiver | undefined;
  let server: RunningServer | undefined;

  afterEach(async () => {
    await server?.stop();
    await receiver?.close();
    await storage?.drop();
  });

  it.skipIf(!kind.available)(
    `loses no accepted message over ${kills} kills under load`,
    async () => {
      storage = await kind.create();
      receiver = await startReceiver();
      const environment = { ...storage.environment, ...leaseEnvironment, PORT: String(await freePort()) };
      server = await startServer(environment);
      const { applicationId } = await createApplication(server, [receiver.url]);

      const producer = startProducer({ server, applicationId });
      for (let kill = 0; kill < kills; kill += 1) {
        await producer.acceptMore(20 + Math.floor(Math.random() * 200));
        await server.kill();
        server = await startServer(environment);
      }
      const accepted = await producer.stop();

      const arrived = new Set<string>();
      let seen = 0;
      await receiver.waitFor((requests) => {
        for (const { webhookId } of requests.slice(seen)) arrived.add(webhookId);
        seen = requests.length;
        return arrived.size >= accepted.size && [...accepted].every((id) => arrived.has(id));
      }, 60_000);

      const bodies = new Map<string, Set<string>>();
      for (const { webhookId, body } of receiver.requests) {
        bodies.set(webhookId, (bodies.get(webhookId) ?? new Set()).add(body));
      }
      expect([...bodies.values()].every((ofId) => ofId.size === 1)).toBe(true);
      expect(Math.max(...countById(receiver).values())).toBeLessThanOrEqual(1 + kills);
      const lost = [...accepted].filter((id) => !bodies.has(id));
      expect(lost).toEqual([]);
      console.log(
        `${kind.name}: ${kills} kills, ${accepted.size} accepted, ${lost.length} lost, ` +
          `${receiver.requests.length - bodies.size} duplicates`,
      );

      const last = [...accepted].at(-1) ?? '';
      const running = server;
      await expect
        .poll(
          async () =>
            (await callApi<{ data: unknown[] }>(running, { path: `/app/${applicationId}/attempt/msg/${last}` })).body
              .data.length,
        )
        .toBeGreaterThan(0);
    },
    240_000,
  );
});

function countById(receiver: Receiver): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { webhookId } of receiver.requests) counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
  return counts;
}

interface Producer {
  /** Resolves when that many more publishes were answered with 202. */
  acceptMore(count: number): Promise<void>;
  /** Stops publishing and returns the ids of all accepted messages. */
  stop(): Promise<ReadonlySet<string>>;
}

function startProducer(params: { server: RunningServer; applicationId: string }): Producer {
  const accepted = new Set<string>();
  let running = true;
  const loops = Array.from({ length: 16 }, async (_, loop) => {
    for (let n = 0; running; n += 1) {
      const answer = await callApi<{ id: string }>(params.server, {
        path: `/app/${params.applicationId}/msg`,
        body: { eventType: 'kill.test', payload: { loop, n } },
      }).catch(() => undefined);
      if (answer?.status === 202) accepted.add(answer.body.id);
      else await new Promise((resolve) => setTimeout(resolve, 20)); // The server is down: try again soon.
    }
  });
  return {
    async acceptMore(count) {
      const goal = accepted.size + count;
      while (accepted.size < goal) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    async stop() {
      running = false;
      await Promise.all(loops);
      return accepted;
    },
  };
}

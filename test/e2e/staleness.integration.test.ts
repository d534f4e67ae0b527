import { afterEach, describe, expect, it } from 'vitest';
import { callApi, createApplication } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

const postgres = storageKinds.find(({ name }) => name === 'postgres');

/** How old what a replica knows may be, in milliseconds: told by hints, and left to its caches. */
const told = 1_000;
const untold = 5_000;

function storageOptions(options: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return { POSTRIDER_PLUGIN_OPTIONS: JSON.stringify({ '@postrider/storage-postgres': options }) };
}

describe.skipIf(!postgres?.available)('two replicas on one PostgreSQL', () => {
  let storage: StorageUnderTest;
  let receiver: Receiver;
  let servers: RunningServer[] = [];

  afterEach(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await receiver.close();
    await storage.drop();
  });

  const startReplicas = async (environment: Readonly<Record<string, string>>): Promise<readonly RunningServer[]> => {
    storage = await postgres!.create();
    receiver = await startReceiver();
    const start = () => startServer({ ...storage.environment, ...environment });
    // One after the other: the first migrates the database.
    servers = [await start()];
    servers = [...servers, await start()];
    return servers;
  };

  /** Publishes through `server` until a message is routed to `path`; the time from now to that publish. */
  const timeUntilRouted = async (server: RunningServer, params: { applicationId: string; path: string }) => {
    const { applicationId, path } = params;
    const startedMs = performance.now();
    for (;;) {
      const sinceMs = performance.now() - startedMs;
      const body = { eventType: 'stale.test', payload: {} };
      const { body: message } = await callApi<{ id: string }>(server, { path: `/app/${applicationId}/msg`, body });
      const attempted = await callApi<{ data: readonly unknown[] }>(server, {
        path: `/app/${applicationId}/msg/${message.id}/endpoint`,
      });
      if (attempted.body.data.length > 0) {
        await receiver.waitFor((requests) => requests.some((request) => request.path === path));
        return sinceMs;
      }
      if (sinceMs > 2 * untold) return Number.POSITIVE_INFINITY;
    }
  };

  const cases = [
    { name: 'with LISTEN/NOTIFY', environment: {}, limitMs: told },
    { name: 'without it', environment: storageOptions({ listen: false }), limitMs: untold },
  ];

  it.each(cases)(
    '$name: an endpoint made by one is known to the other within $limitMs ms',
    async (one) => {
      const [first, second] = (await startReplicas(one.environment)) as [RunningServer, RunningServer];
      const { applicationId } = await createApplication(first, []);
      const tries = 3;
      for (let count = 0; count < tries; count += 1) {
        // The other one has just looked, and keeps what it saw.
        const body = { eventType: 'stale.test', payload: {} };
        await callApi(second, { path: `/app/${applicationId}/msg`, body });
        const path = `/${String(count)}`;
        const endpoint = await callApi<{ id: string }>(first, {
          path: `/app/${applicationId}/endpoint`,
          body: { url: `${receiver.url}${path}` },
        });
        expect(await timeUntilRouted(second, { applicationId, path })).toBeLessThan(one.limitMs);
        await callApi(first, { method: 'DELETE', path: `/app/${applicationId}/endpoint/${endpoint.body.id}` });
      }
    },
    90_000,
  );
});

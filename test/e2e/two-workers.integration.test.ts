import { afterEach, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { callApi, createApplication } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

const postgres = storageKinds.find(({ name }) => name === 'postgres');

describe.skipIf(!postgres?.available)('two workers on one PostgreSQL', () => {
  let storage: StorageUnderTest | undefined;
  let receiver: Receiver | undefined;
  let servers: RunningServer[] = [];

  afterEach(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    servers = [];
    await receiver?.close();
    await storage?.drop();
  });

  it('share the work of one API process, and send nothing twice', async () => {
    storage = await postgres!.create();
    receiver = await startReceiver();
    const { environment } = storage;
    const api = await startServer({ ...environment, POSTRIDER_ROLE: 'api' });
    servers = [api];
    const paths = Array.from({ length: 10 }, (_, index) => `${receiver?.url}/worker/${index}`);
    const { applicationId } = await createApplication(api, paths);
    const messages = 300;
    for (let batch = 0; batch < messages; batch += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          callApi(api, { path: `/app/${applicationId}/msg`, body: { eventType: 'work.shared', payload: { n } } }),
        ),
      );
    }
    expect(receiver.requests).toHaveLength(0);

    servers.push(...(await Promise.all([0, 1].map(() => startServer({ ...environment, POSTRIDER_ROLE: 'worker' })))));
    const expected = messages * paths.length;
    await receiver.waitFor((requests) => requests.length >= expected, 60_000);

    const pairs = new Set(receiver.requests.map(({ webhookId, path }) => `${webhookId} ${path}`));
    expect(pairs.size).toBe(expected);
    expect(receiver.requests).toHaveLength(expected);
    await expect.poll(() => recordingProcesses(environment['POSTRIDER_DATABASE_URL'] ?? '')).toHaveLength(2);
  }, 90_000);
});

/** The processes that recorded outcomes: each writes rollups of its own. */
async function recordingProcesses(databaseUrl: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const result = await client.query<{ writer_id: string }>('SELECT DISTINCT writer_id FROM rollups');
    return result.rows.map((row) => row.writer_id);
  } finally {
    await client.end();
  }
}

import { afterEach, describe, expect, it } from 'vitest';
import { callApi, createApplication } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { startServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

describe.each(storageKinds)('SIGTERM on $name', (kind) => {
  let storage: StorageUnderTest | undefined;
  let receiver: Receiver | undefined;

  afterEach(async () => {
    await receiver?.close();
    await storage?.drop();
  });

  it.skipIf(!kind.available)('finishes the requests under way, exits with 0 and sends nothing twice', async () => {
    storage = await kind.create();
    receiver = await startReceiver();
    receiver.answerWith(() => ({ status: 200, delayMs: 2_000 }));
    const server = await startServer(storage.environment);
    const { applicationId } = await createApplication(server, [receiver.url]);
    const messages = 20;
    await Promise.all(
      Array.from({ length: messages }, (_, n) =>
        callApi(server, { path: `/app/${applicationId}/msg`, body: { eventType: 'slow.event', payload: { n } } }),
      ),
    );
    await receiver.waitFor((requests) => requests.length >= messages);

    const beganMs = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - beganMs).toBeLessThan(10_000);

    const next = await startServer(storage.environment);
    const path = `/app/${applicationId}/attempt/endpoint/${await onlyEndpoint(next, applicationId)}?limit=250`;
    const attempts = await callApi<{ data: { status: number }[] }>(next, { path });
    expect(attempts.body.data.map(({ status }) => status)).toEqual(Array.from({ length: messages }, () => 0));
    expect(receiver.requests).toHaveLength(messages);
    expect(await next.stop()).toBe(0);
  });
});

async function onlyEndpoint(server: Parameters<typeof callApi>[0], applicationId: string): Promise<string> {
  const list = await callApi<{ data: { id: string }[] }>(server, { path: `/app/${applicationId}/endpoint` });
  return list.body.data[0]?.id ?? '';
}

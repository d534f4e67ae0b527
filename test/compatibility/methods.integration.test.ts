/**
 * One case for each method of the SDK, by its name: what the method sends and reads works against the real server, or
 * the case fails. `coveredMethods` is the list that the documentation shows.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Svix } from 'svix';
import { Svix as SvixV1 } from 'svix-v1';
import { startReceiver, type Receiver } from '../e2e/support/receiver.js';
import { startServer, type RunningServer } from '../e2e/support/server.js';
import { storageKinds, type StorageUnderTest } from '../e2e/support/storages.js';
import { methodCases, type Scene } from './method-cases.js';
import { addNewerNames, methodsOf } from './sdk-methods.js';

const nowhere = { serverUrl: 'http://127.0.0.1:1' };
const v1 = new SvixV1('key', nowhere);
addNewerNames(v1);

const sdks = [
  {
    version: 'v1',
    methods: methodsOf(v1),
    connect: (key: string, url: string) => new SvixV1(key, { serverUrl: url }) as unknown as Svix,
  },
  {
    version: 'v2',
    methods: methodsOf(new Svix('key', nowhere)),
    connect: (key: string, url: string) => new Svix(key, { serverUrl: url }),
  },
];

describe.each(storageKinds)('svix SDK methods on $name', (kind) => {
  describe.skipIf(!kind.available).each(sdks)('$version', ({ methods, connect }) => {
    let storage: StorageUnderTest;
    let server: RunningServer;
    let receiver: Receiver;
    let scene: Scene;

    beforeAll(async () => {
      storage = await kind.create();
      server = await startServer(storage.environment);
      receiver = await startReceiver();
      const svix = connect(server.apiKey, server.url);
      const { id: app } = await svix.application.create({ name: 'Methods' });
      await svix.eventType.create({ name: 'order.made', description: 'An order was made' });
      const { id: endpoint } = await svix.endpoint.create(app, { url: receiver.url });
      const since = new Date(Date.now() - 60_000);
      scene = { svix, app, endpoint, receiver, since, connect: (key) => connect(key, server.url) };
    });
    afterAll(async () => {
      await server.stop();
      await receiver.close();
      await storage.drop();
    });

    // The newest methods are not in the older SDK.
    it.each(methodCases.filter(({ method }) => methods.includes(method)))('$method', async ({ run }) => {
      await run(scene);
    });

    it('no task is left unfinished', async () => {
      await expect
        .poll(async () => (await scene.svix.backgroundTask.list()).data.map(({ status }) => status as string), {
          timeout: 30_000,
        })
        .not.toContain('running');
    });
  });
});

expect(new Set(methodCases.map(({ method }) => method)).size).toBe(methodCases.length);

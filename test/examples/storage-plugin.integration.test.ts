/** A storage plugin of somebody else: mounted from outside of the repository, and held to what storages promise. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentLogger, systemRandom } from '@postrider/core';
import { describeStorageConformance, FakeClock } from '@postrider/core/testing';
import { createSqliteStorage } from '@postrider/storage-sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchSlowCalls } from '@postrider/example-storage-plugin/slow-calls';
import { callApi, createApplication } from '../e2e/support/api.ts';
import { startReceiver } from '../e2e/support/receiver.ts';
import { startServer } from '../e2e/support/server.ts';

const root = dirname(dirname(import.meta.dirname));
// In memory where there is such a disk: how long a disk takes to sync is not what is tested here.
const disk = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const outside = mkdtempSync(join(disk, 'postrider-third-party-'));
afterAll(() => rmSync(outside, { recursive: true, force: true }));

/** The package as `npm install` would leave it: with copies of ours beside it, not the workspace's. */
function mountPlugin(): string {
  const folder = join(outside, 'storage-watched');
  cpSync(join(root, 'examples/storage-plugin'), folder, {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@postrider'), { recursive: true });
  for (const own of ['packages/core', 'plugins/storage-sqlite']) {
    const to = join(modules, '@postrider', own.split('/')[1] ?? '');
    for (const part of ['package.json', 'dist']) cpSync(join(root, own, part), join(to, part), { recursive: true });
    const installed = join(root, own, 'node_modules');
    const others = readdirSync(installed).filter((name) => !name.startsWith('.') && !name.startsWith('@'));
    for (const name of others) {
      mkdirSync(join(to, 'node_modules'), { recursive: true });
      symlinkSync(realpathSync(join(installed, name)), join(to, 'node_modules', name));
    }
  }
  symlinkSync(realpathSync(join(root, 'plugins/storage-sqlite/node_modules/zod')), join(modules, 'zod'));
  return join(folder, 'plugin.ts');
}

describe('the example of a storage plugin', () => {
  it('is loaded by its path from outside of the repository, and a server delivers with it', async () => {
    const path = mountPlugin();
    const receiver = await startReceiver();
    const server = await startServer({
      POSTRIDER_STORAGE: path,
      POSTRIDER_DATA_DIR: join(outside, 'data'),
      POSTRIDER_PLUGIN_OPTIONS: JSON.stringify({ [path]: { path: join(outside, 'data/own.db'), slowMs: 0 } }),
    });
    const { applicationId } = await createApplication(server, [`${receiver.url}/hook`]);
    const sent = await callApi(server, {
      path: `/app/${applicationId}/msg`,
      body: { eventType: 'a.b', payload: { n: 1 } },
    });
    expect(sent.status).toBe(202);
    await receiver.waitFor((requests) => requests.length === 1);
    expect(await server.stop()).toBe(0);
    expect(server.output()).toMatch(/"plugin":"@acme\/storage-watched".*"method":"appendMessages".*was slow/);
    expect(readdirSync(join(outside, 'data'))).toContain('own.db');
    await receiver.close();
  }, 60_000);

  const paths = new WeakMap<object, string>();
  const open = (path: string) => {
    const clock = new FakeClock();
    const inner = createSqliteStorage({ path }, { clock, random: systemRandom });
    const storage = watchSlowCalls(inner, { slowMs: 0, clock, logger: silentLogger });
    paths.set(storage, path);
    return storage;
  };
  let count = 0;
  describeStorageConformance(
    {
      name: 'the example',
      capabilities: { durable: true, multiProcess: false },
      modelRuns: 3,
      create: async () => {
        const storage = open(join(outside, `conformance-${(count += 1)}.db`));
        await storage.migrate({});
        return storage;
      },
      openAnother: async (storage) => open(paths.get(storage) ?? ''),
      close: async () => undefined,
    },
    { describe, it, beforeAll, afterAll },
  );
});

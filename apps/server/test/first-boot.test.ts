import { describe, expect, it } from 'vitest';
import { createRecordingLogger } from '@postrider/core/testing';
import { createWatchedStorage } from './support/memory-plugin.js';
import { rootKey, startTestServer } from './support/test-server.js';

describe('the first boot', () => {
  it('generates a key, announces it once, and never again', async () => {
    const first = await startTestServer({ environment: {} });
    const [key = ''] = first.announced;
    expect(key).toMatch(/^pr_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
    expect((await first.call({ path: '/app', key })).status).toBe(200);
    expect(await first.watched.storage.listEnvironments({})).toHaveLength(1);
    const keys = await first.watched.storage.listKeys({ environmentId: `env_${'0'.repeat(27)}` });
    expect(JSON.stringify(keys)).not.toContain(key);
    expect(keys).toHaveLength(1);

    const second = await startTestServer({ environment: {}, watched: first.watched });
    expect(second.announced).toEqual([]);
    expect((await second.call({ path: '/app', key })).status).toBe(200);
    await second.close();
  });

  it('announces one key when two replicas begin on the same empty store', async () => {
    const watched = createWatchedStorage();
    const servers = await Promise.all([1, 2].map(() => startTestServer({ environment: {}, watched })));
    const announced = servers.flatMap((server) => server.announced);
    expect(announced).toHaveLength(1);
    for (const server of servers) {
      expect((await server.call({ path: '/app', key: announced[0] })).status).toBe(200);
    }
    expect(await watched.storage.listEnvironments({})).toHaveLength(1);
    await servers[0]?.close();
  });

  it('makes a configured key known instead, and warns when it was revoked', async () => {
    const first = await startTestServer();
    expect(first.announced).toEqual([]);
    expect((await first.call({ path: '/app', key: rootKey })).status).toBe(200);
    const [stored] = await first.watched.storage.listKeys({ environmentId: `env_${'0'.repeat(27)}` });
    expect(stored?.id).toMatch(/^seed_[0-9a-f]{16}$/);
    await first.watched.storage.revokeKey({
      environmentId: `env_${'0'.repeat(27)}`,
      keyId: String(stored?.id),
      revokedAt: first.clock.now(),
    });
    const logger = createRecordingLogger();
    const { lines } = logger;
    const second = await startTestServer({ watched: first.watched, logger });
    expect((await second.call({ path: '/app', key: rootKey })).status).toBe(401);
    expect(lines.some(({ level, message }) => level === 'warn' && message.includes('revoked'))).toBe(true);
    expect(JSON.stringify(lines)).not.toContain(rootKey);
    await second.close();
  });
});

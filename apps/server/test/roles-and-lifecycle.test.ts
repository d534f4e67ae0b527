import { describe, expect, it } from 'vitest';
import { Storage } from '@postrider/core';
import { DeliveryEngine } from '@postrider/delivery';
import { ServerPhase } from '../src/http/server-phase.js';
import { portToken } from '../src/plugins/host-ports.js';
import { RetentionService } from '../src/retention/retention.service.js';
import { rootKey, startTestServer } from './support/test-server.js';

const start = (role: string) => startTestServer({ environment: { POSTRIDER_API_KEY: rootKey, POSTRIDER_ROLE: role } });

describe('the role', () => {
  it('worker serves health alone', async () => {
    const server = await start('worker');
    expect((await server.call({ path: '/health/ping' })).status).toBe(204);
    expect((await server.call({ path: '/health' })).body).toMatchObject({ status: 'up', phase: 'serving' });
    expect((await server.call({ path: '/app' })).status).toBe(404);
    expect((await server.call({ path: '/openapi.json' })).status).toBe(404);
    expect(server.server.app.get(RetentionService)).toBeInstanceOf(RetentionService);
    await server.close();
  });

  it('api keeps house for nobody', async () => {
    const server = await start('api');
    expect(() => server.server.app.get<unknown>(RetentionService)).toThrow(/RetentionService/);
    await server.close();
  });
});

describe('stopping', () => {
  it('drains deliveries, then stops the plugins, and is safe twice', async () => {
    const server = await start('all');
    const engine = server.server.app.get<DeliveryEngine>(portToken(DeliveryEngine));
    const storage = server.server.app.get<Storage>(portToken(Storage));
    expect(engine.stats().state).toBe('running');
    await Promise.all([server.close(), server.close()]);
    await expect(Promise.resolve().then(() => storage.listEnvironments({}))).rejects.toMatchObject({
      code: 'PORT_STOPPED',
    });
    await server.close();
  });

  it('says not ready while it drains, and still answers', async () => {
    const server = await start('all');
    await server.call({ path: '/app', body: { name: 'Owner', uid: 'owner' } });
    server.server.app.get(ServerPhase).enter('draining');
    expect(await server.call({ path: '/health/ready' })).toMatchObject({ status: 503, body: { code: 'not_ready' } });
    expect((await server.call({ path: '/health/live' })).status).toBe(204);
    const publish = { path: '/app/owner/msg', body: { eventType: 'a', payload: {} } };
    // Whoever kept the connection would meet its end while a later request is under way.
    expect(await server.call(publish)).toMatchObject({ status: 202, headers: { connection: 'close' } });
    await server.close();
  });
});

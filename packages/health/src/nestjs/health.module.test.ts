import 'reflect-metadata';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import type { CheckOutcome, HealthRegistry } from '../index.js';
import { HEALTH, HealthModule } from './index.js';

async function start(statuses: { storage: CheckOutcome['status']; cache: CheckOutcome['status'] }) {
  const module = await Test.createTestingModule({
    imports: [
      HealthModule.forRoot({
        clock: new FakeClock(),
        checks: [
          { name: 'storage', criticality: 'critical', cacheMs: 0, check: async () => ({ status: statuses.storage }) },
          { name: 'cache', criticality: 'optional', cacheMs: 0, check: async () => ({ status: statuses.cache }) },
        ],
      }),
    ],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
  const get = async (url: string) => {
    const { statusCode, payload } = await app.inject({ method: 'GET', url });
    const body = JSON.parse(payload) as { status: string; details: Record<string, { status: string }> };
    const parts = Object.fromEntries(Object.entries(body.details).map(([name, { status }]) => [name, status]));
    return [statusCode, body.status, parts];
  };
  return { app, get };
}

describe('HealthModule', () => {
  it('answers the probes of an application that is well', async () => {
    const { app, get } = await start({ storage: 'up', cache: 'up' });
    expect(await get('/health/live')).toEqual([200, 'ok', { process: 'up' }]);
    expect(await get('/health/startup')).toEqual([200, 'ok', { process: 'up' }]);
    expect(await get('/health/ready')).toEqual([200, 'ok', { process: 'up', storage: 'up' }]);
    expect(await get('/health')).toEqual([200, 'ok', { storage: 'up', cache: 'up' }]);
    await app.close();
  });

  it('is not ready without a critical part, and degraded without an optional one', async () => {
    const statuses: Parameters<typeof start>[0] = { storage: 'down', cache: 'down' };
    const { app, get } = await start(statuses);
    expect(await get('/health/ready')).toEqual([503, 'error', { process: 'up', storage: 'down' }]);
    expect(await get('/health')).toEqual([503, 'error', { storage: 'down', cache: 'degraded' }]);
    expect(await get('/health/live')).toEqual([200, 'ok', { process: 'up' }]);
    statuses.storage = 'up';
    expect(await get('/health/ready')).toEqual([200, 'ok', { process: 'up', storage: 'up' }]);
    expect(await get('/health')).toEqual([200, 'degraded', { storage: 'up', cache: 'degraded' }]);
    await app.close();
  });

  it('is not ready while it drains', async () => {
    const { app, get } = await start({ storage: 'up', cache: 'up' });
    app.get<HealthRegistry>(HEALTH).markDraining();
    expect(await get('/health/ready')).toEqual([503, 'error', { process: 'down' }]);
    expect(await get('/health/live')).toEqual([200, 'ok', { process: 'up' }]);
    await app.close();
  });
});

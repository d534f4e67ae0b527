import { Cache } from '@postrider/cache';
import { afterEach, describe, expect, it } from 'vitest';
import { environmentSchema } from '../src/config/environment-schema.js';
import { RetentionService } from '../src/retention/retention.service.js';
import { eachStorage, type StoredServer } from './support/each-storage.js';

const hourMs = 3_600_000;
const mb = 1024 * 1024;
const environmentId = `env_${'0'.repeat(27)}`;

/** How many seconds a window of metrics may reach back: the refusal of more says it. */
async function metricsReachSeconds(server: StoredServer): Promise<number> {
  const acceptsUpTo = async (hours: number): Promise<boolean> => {
    const { status } = await server.call({ path: `/metrics/summary?window=${hours * 3_600}` });
    return status === 200;
  };
  for (const hours of [1, 2, 3, 24, 25, 48, 49]) if (!(await acceptsUpTo(hours))) return (hours - 1) * 3_600;
  return Infinity;
}

/** After how many days the counts behind reports go. */
async function analyticsDays(server: StoredServer): Promise<number> {
  const nowMs = Math.floor(server.clock.nowMs() / hourMs) * hourMs;
  const daysAgo = (days: number): Date => new Date(nowMs - days * 24 * hourMs);
  const ages = [1, 2, 3, 29, 31, 60];
  const rollups = ages.map((age) => ({
    ...{ writerId: 'test', bucketAt: daysAgo(age), environmentId },
    ...{ applicationId: `app_${'1'.repeat(27)}`, endpointId: `ep_${'1'.repeat(27)}`, eventType: 'a' },
    ...{ attempts: 1, failedAttempts: 0, retries: 0, maxAttemptNumber: 1, delivered: 1, deadLettered: 0, cancelled: 0 },
    ...{ durationSumMs: 1, durationMinMs: 1, durationMaxMs: 1, durations: {}, errors: {}, events: {} },
  }));
  await server.storage.writeRollups({ rollups });
  await server.server.app.get(RetentionService).apply();
  const kept = await server.storage.readRollups({ environmentId, from: daysAgo(100), to: daysAgo(0) });
  const oldestMs = Math.min(...kept.map(({ bucketAt }) => bucketAt.getTime()));
  return (nowMs - oldestMs) / (24 * hourMs);
}

/** How many entries and bytes the cache may hold: it says so over the API. */
async function cacheLimit(server: StoredServer, which: 'maxEntries' | 'maxBytes'): Promise<number> {
  const { body } = await server.call({ path: '/cache/stats' });
  const [values] = body['data'] as Readonly<Record<string, number>>[];
  return values?.[which] ?? 0;
}
const cacheEntries = (server: StoredServer): Promise<number> => cacheLimit(server, 'maxEntries');
const cacheBytes = (server: StoredServer): Promise<number> => cacheLimit(server, 'maxBytes');

/** After how many seconds a value is gone that was cached without a time of its own; looks as often as it has to. */
async function cacheSeconds(server: StoredServer): Promise<number> {
  const cache = server.server.kernel.get(Cache);
  await cache.set('test', { value: 1 });
  let goneAfter = 0;
  for (const step of [8, 1, 290, 1]) {
    await server.clock.advance(step * 1_000);
    goneAfter += step;
    if ((await cache.get('test')) === undefined) return goneAfter;
  }
  return Infinity;
}

/** Every variable of the seed by its exact name: what it is when absent, and one that says something else. */
const variables = [
  { name: 'WEBHOOK_METRICS_RETENTION_HOURS', read: metricsReachSeconds, absent: 24 * 3_600, given: '2', set: 7_200 },
  { name: 'WEBHOOK_CACHE_MAX_SIZE', read: cacheEntries, absent: 1_000, given: '7', set: 7 },
  { name: 'WEBHOOK_CACHE_MAX_MEMORY_MB', read: cacheBytes, absent: 100 * mb, given: '3', set: 3 * mb },
  { name: 'WEBHOOK_CACHE_DEFAULT_TTL', read: cacheSeconds, absent: 300, given: '9', set: 9 },
  { name: 'WEBHOOK_ANALYTICS_RETENTION_DAYS', read: analyticsDays, absent: 29, given: '40', set: 31 },
] as const;

describe.each(eachStorage)('S16: variables reach what they configure, on $name', ({ start }) => {
  let server: StoredServer;
  afterEach(() => server.close());

  it.each(['absent', 'given'] as const)('%s', async (which) => {
    const names = Object.keys(environmentSchema.shape);
    for (const { name } of variables) expect(names).toContain(name);
    const environment = which === 'given' ? Object.fromEntries(variables.map(({ name, given }) => [name, given])) : {};
    server = await start({ environment: { POSTRIDER_ROLE: 'all', ...environment } });
    for (const { name, read, absent, set } of variables) {
      expect([name, await read(server)]).toEqual([name, which === 'given' ? set : absent]);
    }
  });
});

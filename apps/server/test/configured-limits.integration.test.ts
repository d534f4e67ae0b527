import { afterEach, describe, expect, it } from 'vitest';
import { environmentSchema } from '../src/config/environment-schema.js';
import { RetentionService } from '../src/retention/retention.service.js';
import { eachStorage, type StoredServer } from './support/each-storage.js';

const hourMs = 3_600_000;
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

describe.each(eachStorage)('S16: variables reach what they configure, on $name', ({ start }) => {
  let server: StoredServer;
  afterEach(() => server.close());

  it.each([
    { name: 'WEBHOOK_METRICS_RETENTION_HOURS', value: undefined, read: metricsReachSeconds, expected: 24 * 3_600 },
    { name: 'WEBHOOK_METRICS_RETENTION_HOURS', value: '2', read: metricsReachSeconds, expected: 2 * 3_600 },
    { name: 'WEBHOOK_METRICS_RETENTION_HOURS', value: '48', read: metricsReachSeconds, expected: 48 * 3_600 },
    { name: 'WEBHOOK_ANALYTICS_RETENTION_DAYS', value: undefined, read: analyticsDays, expected: 29 },
    { name: 'WEBHOOK_ANALYTICS_RETENTION_DAYS', value: '2', read: analyticsDays, expected: 2 },
    { name: 'WEBHOOK_ANALYTICS_RETENTION_DAYS', value: '40', read: analyticsDays, expected: 31 },
  ])('$name=$value', async ({ name, value, read, expected }) => {
    expect(Object.keys(environmentSchema.shape)).toContain(name);
    server = await start({
      environment: { POSTRIDER_ROLE: 'all', ...(value && { [name]: value }) },
    });
    expect(await read(server)).toBe(expected);
  });
});

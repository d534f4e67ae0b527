import Database from 'better-sqlite3';
import { FakeClock } from '@postrider/core/testing';
import type { Storage } from '@postrider/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TemporaryDatabases } from './support/temporary-databases.js';

const databases = new TemporaryDatabases();
const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 0, 31);
const environmentId = 'env_1';
const [days, environments, endpoints] = [30, 20, 20];

const series = (name: string, most: number) =>
  `${name} (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM ${name} WHERE n < ${most})`;
const subject = `'env_' || env.n AS environment_id, 'app_' || ep.n / 10 AS application_id, 'ep_' || ep.n AS endpoint_id`;
const counts = `100 AS attempts, 2 AS failed, 2 AS retries, 2 AS most, 98 AS delivered, 2 AS dead, 0 AS cancelled,
  8000 AS total_ms, 1 AS least_ms, 900 AS most_ms, '{"150":100}' AS durations, '{}' AS errors`;
/** A month of hours and days of many endpoints, and their last minutes, in one of twenty environments. */
const fill = `
WITH RECURSIVE ${series('env', environments)}, ${series('ep', endpoints)}, ${series('t', 192)},
  types (type) AS (VALUES (''), ('a')), spans (span, longest) AS (VALUES (60, 192), (1440, ${days}))
INSERT INTO rollup_summaries (environment_id, application_id, endpoint_id, event_type, span_minutes, bucket_at, attempts,
  failed_attempts, retries, max_attempt_number, delivered, dead_lettered, cancelled, duration_sum_ms, duration_min_ms,
  duration_max_ms, durations, errors, events, quarters)
SELECT ${subject}, type, span, ${nowMs} - t.n * span * 60000, ${counts}, '{}', '{"0":[98,2,100,2]}'
FROM env, ep, t, types, spans WHERE t.n <= longest`;
const fillMinutes = `
WITH RECURSIVE ${series('env', environments)}, ${series('ep', endpoints)}, ${series('t', 30)}
INSERT INTO rollups (environment_id, application_id, endpoint_id, event_type, writer_id, bucket_at, attempts,
  failed_attempts, retries, max_attempt_number, delivered, dead_lettered, cancelled, duration_sum_ms, duration_min_ms,
  duration_max_ms, durations, errors, events)
SELECT ${subject}, 'a', 'w', ${nowMs} - t.n * 60000, ${counts}, '{}' FROM env, ep, t`;

describe('on filled tables of rollups, analysed', () => {
  const path = databases.newPath();
  let storage: Storage;

  beforeAll(async () => {
    const first = databases.open(path, { clock: new FakeClock() });
    await first.migrate({});
    await first.close();
    const database = new Database(path);
    database.exec(`${fill}; ${fillMinutes}; ANALYZE;`);
    database.close();
  }, 60_000);
  // Statements are prepared once per storage.
  beforeEach(async () => {
    storage = databases.open(path, { clock: new FakeClock() });
    await storage.migrate({});
  });
  afterEach(() => storage.close());
  afterAll(() => databases.remove());

  const month = { environmentId, from: new Date(nowMs - days * dayMs), to: new Date(nowMs) };
  const hour = { ...month, from: new Date(nowMs - 7_200_000) };
  const [applicationId, endpointId] = ['app_1', 'ep_10'];

  /** The plans of the statements that the call makes the adapter prepare. */
  async function plansOf(call: () => Promise<unknown>): Promise<string> {
    const prepare = vi.spyOn(Database.prototype, 'prepare');
    await call();
    const texts = prepare.mock.calls.map(([text]) => text).filter((text) => text.includes('rollup'));
    prepare.mockRestore();
    const database = new Database(path, { readonly: true });
    const plans = texts.flatMap((text) => {
      const names = [...text.matchAll(/[:](\w+)/gu)].map(([, name]) => [name, null]);
      const values: unknown =
        names.length > 0 ? Object.fromEntries(names) : Array.from(text.matchAll(/\?/gu), () => null);
      return database.prepare(`EXPLAIN QUERY PLAN ${text}`).all(values) as { detail: string }[];
    });
    database.close();
    return plans.map(({ detail }) => detail).join('\n');
  }

  it.each<[string, () => Promise<unknown>]>([
    ['readSummaries of an environment', () => storage.readSummaries(month)],
    ['readSummaries of an event type', () => storage.readSummaries({ ...month, eventType: 'a' })],
    ['readSummaries of an application', () => storage.readSummaries({ ...month, applicationId })],
    ['readSummaries of an endpoint', () => storage.readSummaries({ ...month, applicationId, endpointId })],
    ['readRollups', () => storage.readRollups({ ...hour, applicationId, endpointId })],
    ['countByEndpoint', () => storage.countByEndpoint({ ...month, limit: 10 })],
    ['surveyEndpoints', () => storage.surveyEndpoints({ ...hour, slowerThanMs: 5_000 })],
    [
      'compactRollups',
      () => storage.compactRollups({ hoursBefore: new Date(nowMs - 1_740_000), daysBefore: new Date(0) }),
    ],
  ])('%s reads no table of rollups from end to end', async (_name, call) => {
    const plans = await plansOf(call);
    expect(plans).not.toBe('');
    expect(plans).not.toMatch(/^SCAN (rollups|rollup_summaries)/mu);
  });
});

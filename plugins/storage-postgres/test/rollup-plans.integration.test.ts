import type { Storage } from '@postrider/core';
import { requireService } from '@postrider/test-support';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { withSql } from './support/sql-client.js';
import { TestStorages } from './support/test-storages.js';

const postgres = requireService('postgres', import.meta.url);
const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 0, 31);
const environmentId = 'env_1';
const [days, environments, endpoints] = [30, 20, 20];

/** A month of hours and days of many endpoints, and their last minutes, in one of twenty environments. */
const fillSummaries = `
INSERT INTO rollup_summaries
SELECT 'env_' || env, type, 'app_' || e / 10, 'ep_' || e, span, $1::timestamptz - n * span * interval '1 minute',
  100, 2, 2, 2, 98, 2, 0, 8000, 1, 900, '{"150":100}', '{}', '{}', '{"0":[98,2,100,2]}'
FROM generate_series(1, ${environments}) env, generate_series(1, ${endpoints}) e, (VALUES (''), ('a')) types (type),
  (VALUES (60, 192), (1440, ${days})) spans (span, most), generate_series(1, 192) n WHERE n <= most`;
const fillMinutes = `
INSERT INTO rollups
SELECT 'env_' || env, $1::timestamptz - n * interval '1 minute', 'app_' || e / 10, 'ep_' || e, 'a', 'w' || w,
  10, 0, 0, 1, 10, 0, 0, 800, 1, 900, '{"150":10}', '{}', '{}'
FROM generate_series(1, ${environments}) env, generate_series(1, ${endpoints}) e, generate_series(1, 60) n, generate_series(1, 4) w`;

describe.skipIf(!postgres.available)('on filled tables of rollups, analysed', () => {
  const storages = new TestStorages();
  let storage: Storage;

  beforeAll(async () => {
    storage = await storages.create();
    await withSql(storages.optionsOf(storage), async (client) => {
      await client.query(fillSummaries, [new Date(nowMs)]);
      await client.query(fillMinutes, [new Date(nowMs)]);
      await client.query('VACUUM ANALYZE rollups');
      await client.query('VACUUM ANALYZE rollup_summaries');
    });
  }, 120_000);
  afterAll(async () => {
    await storage.close();
    await storages.drop();
  });

  const month = { environmentId, from: new Date(nowMs - days * dayMs), to: new Date(nowMs) };
  const hour = { ...month, from: new Date(nowMs - 7_200_000) };
  const [applicationId, endpointId] = ['app_1', 'ep_10'];

  /** The plans of what the call asks. */
  async function plansOf(call: () => Promise<unknown>): Promise<string> {
    const query = vi.spyOn(pg.Client.prototype, 'query');
    await call();
    const asked = query.mock.calls as unknown as [string | { text: string; values?: unknown[] }, unknown[]?][];
    query.mockRestore();
    return withSql(storages.optionsOf(storage), async (client) => {
      const plans: string[] = [];
      for (const [config, given] of asked) {
        const { text, values = [] } = typeof config === 'string' ? { text: config, values: given } : config;
        if (!/^\s*(SELECT|WITH|DELETE|INSERT)/.test(text)) continue;
        const { rows } = await client.query<{ 'QUERY PLAN': string }>({ text: `EXPLAIN ${text}`, values: [...values] });
        plans.push(...rows.map((row) => row['QUERY PLAN']));
      }
      return plans.join('\n');
    });
  }

  it.each<[string, () => Promise<unknown>, RegExp | undefined]>([
    ['readSummaries of an environment', () => storage.readSummaries(month), /rollup_summaries_pkey/],
    ['readSummaries of an event type', () => storage.readSummaries({ ...month, eventType: 'a' }), undefined],
    ['readSummaries of an application', () => storage.readSummaries({ ...month, applicationId }), undefined],
    ['readSummaries of an endpoint', () => storage.readSummaries({ ...month, applicationId, endpointId }), undefined],
    ['readRollups', () => storage.readRollups({ ...hour, applicationId, endpointId }), undefined],
    ['countByEndpoint', () => storage.countByEndpoint({ ...month, limit: 10 }), /Index Only Scan/],
    [
      'surveyEndpoints',
      () => storage.surveyEndpoints({ ...hour, slowerThanMs: 5_000 }),
      /Index Scan (on|using) rollup_summaries/,
    ],
    [
      'compactRollups',
      () => storage.compactRollups({ hoursBefore: new Date(nowMs - 3_540_000), daysBefore: new Date(0) }),
      undefined,
    ],
  ])('%s reads no table of rollups from end to end', async (_name, call, expected) => {
    const plans = await plansOf(call);
    expect(plans).not.toBe('');
    expect(plans).not.toMatch(/Seq Scan on (rollups|rollup_summaries)/);
    expect(plans).toMatch(expected ?? /Index/);
  });
});

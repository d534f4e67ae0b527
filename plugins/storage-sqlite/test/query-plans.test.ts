import Database from 'better-sqlite3';
import { createCollectingRunner, describeStorageConformance, FakeClock } from '@postrider/core/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newConnection } from './support/open-connection.js';
import { TemporaryDatabases } from './support/temporary-databases.js';

const databases = new TemporaryDatabases();
const statements = new Set<string>();

/** Whole tables or indexes that may be read, because they stay small or because it happens rarely. */
const allowedScans = [
  // A handful of rows that operators change.
  /^SCAN settings/,
  // As many as fit in the workers' memory.
  /SCAN deliveries USING (COVERING )?INDEX deliveries_in_flight/u,
  // `measureQueue`: one pass over what is pending.
  /SCAN deliveries USING (COVERING )?INDEX deliveries_pending/u,
  // `measureQueue`: one pass over what is held in lines.
  /SCAN ordered_deliveries USING COVERING INDEX ordered_deliveries_held/u,
  // Once per start: the few tasks that were running.
  /SCAN tasks USING INDEX tasks_running/u,
  // One row per environment.
  /SCAN (environments|environment|Environment)\b/u,
  // Once per start and once per retention run: one row per endpoint.
  /SCAN endpoint_queues/u,
  /SCAN endpoints USING COVERING INDEX/u,
  // Lists of values given by the caller.
  /SCAN \d+-ROW VALUES CLAUSE/u,
  /SCAN json_each/u,
  // Rows already read by the steps above.
  /SCAN (\(subquery-\d+\)|CONSTANT ROW|in_flight|those|troubled|waiting)/u,
];

/** What may be sorted: a bounded number of rows. */
const allowedSorts = [
  // Endpoints that are ready, leases, secrets and endpoints of one application, environments.
  /FROM endpoint_queues WHERE ready_at/u,
  /deliveries_in_flight/u,
  // A slice of a backlog.
  /AS those/u,
  /FROM endpoint_secrets|JOIN endpoint_secrets|FROM endpoints LEFT JOIN/u,
  /FROM "environments"/u,
  // One group per reason and endpoint.
  /GROUP BY reason, application_id, endpoint_id/u,
  // `measureQueue`: one row per endpoint for which something waits.
  /json_group_array\(json_object\('applicationId'/u,
  // Endpoints with deliveries.
  /AS endpointId, sum\((delivered|attempts)/u,
];

beforeAll(async () => {
  // Every statement that the conformance suite makes the adapter prepare.
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  const runner = createCollectingRunner();
  describeStorageConformance(
    {
      name: 'sqlite',
      capabilities: { durable: true, multiProcess: false },
      create: async () => {
        const storage = databases.open(databases.newPath(), { clock: new FakeClock() });
        await storage.migrate({});
        return storage;
      },
      openAnother: async (storage) => databases.open(databases.pathOf(storage), { clock: new FakeClock() }),
      close: async () => undefined,
    },
    runner,
  );
  const results = await runner.run();
  expect(results.filter(({ error }) => error !== undefined)).toEqual([]);
  for (const [sql] of prepare.mock.calls) {
    if (/^\s*(SELECT|INSERT|UPDATE|DELETE)/u.test(sql) && !/sqlite_schema|schema_migrations|owner/u.test(sql)) {
      statements.add(sql);
    }
  }
  prepare.mockRestore();
}, 180_000);
afterAll(() => databases.remove());

interface PlanStep {
  readonly detail: string;
}

describe('query plans', () => {
  it('read no table from end to end and sort nothing unbounded', async () => {
    expect(statements.size).toBeGreaterThan(80);
    const { connection, storage } = newConnection(databases.newPath());
    await storage.migrate({});
    const problems: string[] = [];
    for (const sql of statements) {
      const plan = connection.statement<PlanStep>(`EXPLAIN QUERY PLAN ${sql}`).all(namesIn(sql));
      for (const { detail } of plan) {
        const isBadScan = detail.startsWith('SCAN') && !allowedScans.some((allowed) => allowed.test(detail));
        const isSort = detail.includes('TEMP B-TREE') && !allowedSorts.some((allowed) => allowed.test(sql));
        if (isBadScan || isSort) problems.push(`${detail} in ${sql.replaceAll(/\s+/gu, ' ')}`);
      }
    }
    expect(problems).toEqual([]);
    await storage.close();
  });
});

/** A value for each parameter, by name or by position: EXPLAIN wants them bound. */
function namesIn(sql: string): unknown {
  const names = [...sql.matchAll(/:([a-zA-Z_]\w*)/gu)].map(([, name]) => [name, null]);
  return names.length > 0 ? Object.fromEntries(names) : Array.from(sql.matchAll(/\?/gu), () => null);
}

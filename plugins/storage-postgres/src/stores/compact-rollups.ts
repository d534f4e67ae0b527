import { SummaryMerge, type RollupStore, type RollupSummary } from '@postrider/core';
import type pg from 'pg';
import { inTransaction } from '../database/transaction.js';
import { findOldHour, findOldMinute, findSummaries, takeHours, takeMinutes, writeSummaries } from '../sql/rollups.js';
import { summaryValues, toRollup, toSummary, type RollupRow, type SummaryRow } from './rollup-records.js';

interface OldBucket {
  readonly environment_id: string;
  readonly starts_at: Date;
}

/** Rows that one transaction merges. */
const rowsPerPortion = 5_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** See `RollupStore.compactRollups`: portion by portion, each taken out and added to its summaries in one transaction. */
export function createCompactRollups(pool: pg.Pool): RollupStore['compactRollups'] {
  return async ({ hoursBefore, daysBefore, signal }) => {
    const daysStart = new Date(Math.floor(daysBefore.getTime() / dayMs) * dayMs);
    let [minutes, hours] = [0, 0];
    for (;;) {
      signal?.throwIfAborted();
      const taken = await compactMinutes(pool, hoursBefore);
      if (taken === undefined) break;
      minutes += taken;
    }
    for (;;) {
      signal?.throwIfAborted();
      const taken = await compactHours(pool, daysStart);
      if (taken === undefined) break;
      hours += taken;
    }
    return { minutes, hours };
  };
}

/** Returns how many rows went, `undefined` when there are none to take. */
async function compactMinutes(pool: pg.Pool, before: Date): Promise<number | undefined> {
  return compactPortion(pool, { find: findOldMinute, before }, async (client, { environment_id, starts_at }) => {
    const endsAt = new Date(Math.min(starts_at.getTime() + hourMs, before.getTime()));
    const values = [environment_id, starts_at, endsAt, rowsPerPortion];
    const { rows } = await client.query<RollupRow>({ ...takeMinutes, values });
    const merge = new SummaryMerge(60);
    for (const row of rows) merge.addRollup(toRollup(row));
    return { merge, taken: rows.length };
  });
}

async function compactHours(pool: pg.Pool, before: Date): Promise<number | undefined> {
  return compactPortion(pool, { find: findOldHour, before }, async (client, { environment_id, starts_at }) => {
    const values = [environment_id, starts_at, new Date(starts_at.getTime() + dayMs), rowsPerPortion];
    const { rows } = await client.query<SummaryRow>({ ...takeHours, values });
    const merge = new SummaryMerge(1440);
    for (const row of rows) merge.addSummary(toSummary(row));
    return { merge, taken: rows.length };
  });
}

async function compactPortion(
  pool: pg.Pool,
  { find, before }: { readonly find: { readonly name: string; readonly text: string }; readonly before: Date },
  take: (client: pg.PoolClient, bucket: OldBucket) => Promise<{ merge: SummaryMerge; taken: number }>,
): Promise<number | undefined> {
  return inTransaction(pool, async (client) => {
    // One at a time: the summaries are read, added to and written. Writers of minutes do not wait.
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('postrider.rollups.' || current_schema(), 0))");
    const found = await client.query<OldBucket>({ ...find, values: [before] });
    const bucket = found.rows[0];
    if (bucket === undefined) return undefined;
    const { merge, taken } = await take(client, bucket);
    await addStored(client, merge);
    await client.query({ ...writeSummaries, values: summaryValues([...merge.merged.values()]) });
    return taken;
  });
}

async function addStored(client: pg.PoolClient, merge: SummaryMerge): Promise<void> {
  const merged = [...merge.merged.values()];
  const [first] = merged;
  if (first === undefined) return;
  const values = [first.environmentId, first.spanMinutes, first.bucketAt, ...scopeValues(merged)];
  const { rows } = await client.query<SummaryRow>({ ...findSummaries, values });
  for (const row of rows) merge.addSummary(toSummary(row));
}

function scopeValues(merged: readonly RollupSummary[]): unknown[] {
  return [
    merged.map(({ eventType }) => eventType),
    merged.map(({ applicationId }) => applicationId),
    merged.map(({ endpointId }) => endpointId),
  ];
}

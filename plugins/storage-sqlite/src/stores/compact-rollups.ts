import { SummaryMerge, type RollupStore } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toRollup, toSummary, toSummaryRow, type RollupRow, type SummaryRow } from '../rows/rollup-row.js';
import { yieldToEventLoop } from '../yield-to-event-loop.js';

/** Rows that one transaction merges: some 10 ms, after which publishes and outcomes get their turn. */
const rowsPerPortion = 250;
const dayMs = 86_400_000;

const selectMinutes = `SELECT rowid, * FROM rollups WHERE bucket_at < ? ORDER BY bucket_at LIMIT ${rowsPerPortion}`;
const selectHours = `
SELECT rowid, * FROM rollup_summaries INDEXED BY rollup_summaries_hours
WHERE span_minutes = 60 AND bucket_at < ? ORDER BY bucket_at LIMIT ${rowsPerPortion}`;
const deleteMinute = 'DELETE FROM rollups WHERE rowid = ?';
const deleteHour = 'DELETE FROM rollup_summaries WHERE rowid = ?';
const selectSummary = `
SELECT * FROM rollup_summaries
WHERE environment_id = :environment_id AND event_type = :event_type AND application_id = :application_id
  AND endpoint_id = :endpoint_id AND span_minutes = :span_minutes AND bucket_at = :bucket_at`;
const writeSummary = `
INSERT OR REPLACE INTO rollup_summaries (
  environment_id, event_type, application_id, endpoint_id, span_minutes, bucket_at, attempts, failed_attempts, retries,
  max_attempt_number, delivered, dead_lettered, cancelled, duration_sum_ms, duration_min_ms, duration_max_ms, durations,
  errors, events, quarters
) VALUES (
  :environment_id, :event_type, :application_id, :endpoint_id, :span_minutes, :bucket_at, :attempts, :failed_attempts,
  :retries, :max_attempt_number, :delivered, :dead_lettered, :cancelled, :duration_sum_ms, :duration_min_ms,
  :duration_max_ms, :durations, :errors, :events, :quarters
)`;

type Stored<Row> = Row & { readonly rowid: number };

/** See `RollupStore.compactRollups`: portion by portion, each taken out and added to its summaries in one transaction. */
export function createCompactRollups(connection: SqliteConnection): RollupStore['compactRollups'] {
  const keep = (merge: SummaryMerge): void => {
    for (const summary of [...merge.merged.values()]) {
      const stored = connection.statement<SummaryRow>(selectSummary).get(toSummaryRow(summary));
      if (stored !== undefined) merge.addSummary(toSummary(stored));
    }
    for (const summary of merge.merged.values()) connection.statement(writeSummary).run(toSummaryRow(summary));
  };
  const compactMinutes = (before: Date): number =>
    connection.write(() => {
      const rows = connection.statement<Stored<RollupRow>>(selectMinutes).all(before.getTime());
      const merge = new SummaryMerge(60);
      for (const row of rows) {
        merge.addRollup(toRollup(row));
        connection.statement(deleteMinute).run(row.rowid);
      }
      keep(merge);
      return rows.length;
    });
  const compactHours = (before: Date): number =>
    connection.write(() => {
      const rows = connection.statement<Stored<SummaryRow>>(selectHours).all(before.getTime());
      const merge = new SummaryMerge(1440);
      for (const row of rows) {
        merge.addSummary(toSummary(row));
        connection.statement(deleteHour).run(row.rowid);
      }
      keep(merge);
      return rows.length;
    });
  const repeat = async (compact: () => number, signal: AbortSignal | undefined): Promise<number> => {
    for (let total = 0; ;) {
      signal?.throwIfAborted();
      const count = compact();
      total += count;
      if (count < rowsPerPortion) return total;
      await yieldToEventLoop();
    }
  };
  return ({ hoursBefore, daysBefore, signal }) =>
    connection.run(signal, async () => {
      const daysStart = new Date(Math.floor(daysBefore.getTime() / dayMs) * dayMs);
      const minutes = await repeat(() => compactMinutes(hoursBefore), signal);
      return { minutes, hours: await repeat(() => compactHours(daysStart), signal) };
    });
}

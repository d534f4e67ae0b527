import type { AppendEntry, AppendResult } from '@postrider/core';
import type { Pool } from 'pg';
import { findEventHolders, findKeyHolders, forgetEventHolder, forgetKeyHolder } from '../sql/find-guard-holders.js';
import { toMessage, type MessageRow } from './records.js';

interface GuardHolder {
  readonly guard_scope: string;
  readonly guard_name: string;
  readonly holder_id: string;
  /** `null` when retention has dropped the message. */
  readonly id: string | null;
}

type KeyHolder = GuardHolder & Omit<MessageRow, 'id'> & { readonly body_hash: string };

/**
 * Finds out against which stored messages the entries lost: the idempotency key is looked at before the event id.
 * An entry whose opponent is gone is left out, to be tried again; guards of dropped messages are removed for that.
 */
export async function explainLosers(
  pool: Pool,
  losers: readonly AppendEntry[],
): Promise<ReadonlyMap<AppendEntry, AppendResult>> {
  const results = new Map<AppendEntry, AppendResult>();
  const keyHolders = await findKeys(pool, losers);
  const withoutKey: AppendEntry[] = [];
  for (const entry of losers) {
    const holder = keyHolders.get(guardKey(entry.message.environmentId, entry.idempotency?.key));
    if (holder === undefined) withoutKey.push(entry);
    else if (holder.id === null) await forget(pool, forgetKeyHolder, holder);
    else results.set(entry, keyResult(entry, holder, holder.id));
  }
  const eventHolders = await findEvents(pool, withoutKey);
  for (const entry of withoutKey) {
    const holder = eventHolders.get(guardKey(entry.message.applicationId, entry.message.eventId));
    if (holder === undefined) continue;
    if (holder.id === null) await forget(pool, forgetEventHolder, holder);
    else results.set(entry, { outcome: 'event_id_taken', messageId: holder.holder_id });
  }
  return results;
}

function keyResult(entry: AppendEntry, holder: KeyHolder, id: string): AppendResult {
  if (holder.body_hash !== entry.idempotency?.bodyHash) return { outcome: 'idempotency_mismatch' };
  return { outcome: 'replayed', message: toMessage({ ...holder, id }) };
}

async function findKeys(pool: Pool, entries: readonly AppendEntry[]): Promise<ReadonlyMap<string, KeyHolder>> {
  const keyed = entries.filter(({ idempotency }) => idempotency !== undefined);
  if (keyed.length === 0) return new Map();
  const values = [keyed.map(({ message }) => message.environmentId), keyed.map(({ idempotency }) => idempotency?.key)];
  const { rows } = await pool.query<KeyHolder>({ ...findKeyHolders, values });
  return new Map(rows.map((row) => [guardKey(row.guard_scope, row.guard_name), row]));
}

async function findEvents(pool: Pool, entries: readonly AppendEntry[]): Promise<ReadonlyMap<string, GuardHolder>> {
  const named = entries.filter(({ message }) => message.eventId !== undefined);
  if (named.length === 0) return new Map();
  const values = [named.map(({ message }) => message.applicationId), named.map(({ message }) => message.eventId)];
  const { rows } = await pool.query<GuardHolder>({ ...findEventHolders, values });
  return new Map(rows.map((row) => [guardKey(row.guard_scope, row.guard_name), row]));
}

async function forget(pool: Pool, statement: typeof forgetKeyHolder, holder: GuardHolder): Promise<void> {
  await pool.query({ ...statement, values: [holder.guard_scope, holder.guard_name, holder.holder_id] });
}

/** Ids have no spaces in them. */
function guardKey(scope: string, name: string | undefined): string {
  return `${scope} ${name ?? ''}`;
}

import { coreError, type AppendEntry, type AppendResult, type MessageStore } from '@postrider/core';
import type { PoolClient, QueryConfig } from 'pg';
import type { PostgresContext } from '../context.js';
import { pipeline, repeatOnConflict, withClient } from '../database/transaction.js';
import { isPartitionMissing } from '../errors.js';
import { daysOfMessages } from '../partitions/days.js';
import { appendGuardedMessages, appendMessages, releaseIdempotencyKeys } from '../sql/append-messages.js';
import { batchValues, guardValues, inKeyOrder } from './append-values.js';
import { explainLosers } from './explain-losers.js';

/** Rounds for entries whose opponent vanished between losing against it and asking for its name. */
const maxRounds = 3;

type AppendMessages = MessageStore['appendMessages'];

/**
 * Group commit. A batch without guards is one statement. With guards, losers are those whose ids do not come back;
 * who they lost against is read afterwards, from what is committed by then.
 */
export function createAppendMessages(context: PostgresContext): AppendMessages {
  return async ({ entries, now }) => {
    const results = new Map<AppendEntry, AppendResult>();
    let open = entries;
    for (let round = 1; open.length > 0; round += 1) {
      if (round > maxRounds) throw unsettled(open.length);
      const appended = await append(context, open, now);
      const losers = open.filter(({ message }) => !appended.has(message.id));
      for (const entry of open) if (appended.has(entry.message.id)) results.set(entry, { outcome: 'appended' });
      if (losers.length === 0) break;
      const explained = await explainLosers(context.pool, losers);
      for (const [entry, result] of explained) results.set(entry, result);
      open = losers.filter((entry) => !explained.has(entry));
    }
    return entries.map((entry) => results.get(entry) as AppendResult);
  };
}

async function append(
  context: PostgresContext,
  entries: readonly AppendEntry[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const { pool, partitions } = context;
  const store = (): Promise<ReadonlySet<string>> =>
    repeatOnConflict(() => withClient(pool, (client) => storeBatch(client, entries, now)));
  try {
    return await store();
  } catch (error) {
    if (!isPartitionMissing(error)) throw error;
    await partitions.create(daysOfMessages(entries.map(({ message }) => message.id)));
    return store();
  }
}

async function storeBatch(
  client: PoolClient,
  entries: readonly AppendEntry[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const isGuarded = ({ idempotency, message }: AppendEntry): boolean => Boolean(idempotency ?? message.eventId);
  if (!entries.some(isGuarded)) {
    return idsOf(await client.query<{ id: string }>({ ...appendMessages, values: batchValues(entries, now) }));
  }
  const values = [...batchValues(entries, now), ...guardValues(inKeyOrder(entries))];
  const statement = { ...appendGuardedMessages, values };
  const doublyGuarded = entries.filter(({ idempotency, message }) => idempotency && message.eventId !== undefined);
  if (doublyGuarded.length === 0) return idsOf(await client.query<{ id: string }>(statement));
  return storeDoublyGuarded(client, statement, doublyGuarded);
}

/** An entry may win its key and lose its event id: then the key is given back, before anybody can see it. */
async function storeDoublyGuarded(
  client: PoolClient,
  statement: QueryConfig,
  doublyGuarded: readonly AppendEntry[],
): Promise<ReadonlySet<string>> {
  const [, stored] = await pipeline(client, ['BEGIN', statement]);
  const ids = idsOf(stored as { rows: { id: string }[] });
  const losers = doublyGuarded.filter(({ message }) => !ids.has(message.id));
  const values = [
    losers.map(({ message }) => message.environmentId),
    losers.map(({ idempotency }) => idempotency?.key),
    losers.map(({ message }) => message.id),
  ];
  await pipeline(client, losers.length === 0 ? ['COMMIT'] : [{ ...releaseIdempotencyKeys, values }, 'COMMIT']);
  return ids;
}

function idsOf({ rows }: { readonly rows: readonly { readonly id: string }[] }): ReadonlySet<string> {
  return new Set(rows.map(({ id }) => id));
}

function unsettled(count: number): Error {
  return coreError(
    'STORAGE_CONFLICT',
    `The guards of ${count} messages changed hands ${maxRounds} times in a row: publish them again.`,
  );
}

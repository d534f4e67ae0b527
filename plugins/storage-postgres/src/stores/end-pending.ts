import type { CancelReason, DeadLetterReason } from '@postrider/core';
import type { PoolClient } from 'pg';
import type { Statement } from '../database/transaction.js';

/** Each statement must end long before the statement timeout, whatever the length of the queue. */
const rowsPerStatement = 5_000;

/** Ends all pending deliveries of an endpoint or application, within the client's transaction. */
export async function endPending(
  client: PoolClient,
  params: {
    readonly statement: Statement;
    readonly ownerId: string;
    readonly status: 'dead_letter' | 'cancelled';
    readonly reason: DeadLetterReason | CancelReason;
    readonly endedAt: Date;
  },
): Promise<void> {
  const { statement, ownerId, status, reason, endedAt } = params;
  for (let ended = 1; ended > 0;) {
    const values = [ownerId, status, reason, endedAt, rowsPerStatement];
    const { rows } = await client.query<{ ended: number }>({ ...statement, values });
    ended = rows[0]?.ended ?? 0;
  }
}

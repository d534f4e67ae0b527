import type { ClaimedDelivery, DeliveryStore } from '@postrider/core';
import type { Pool } from 'pg';
import type { PostgresContext } from '../context.js';
import { pipeline, repeatOnConflict, withClient } from '../database/transaction.js';
import { claimDue } from '../sql/claim-due.js';
import { reapExpired, releaseLeases, renewLeases } from '../sql/leases.js';
import { releaseFirsts } from '../sql/ordering.js';
import { leaseValues, sortLeases } from './lease-values.js';
import { createRecordOutcomes } from './record-outcomes.js';
import { toDelivery, toMessage, type DeliveryRow, type MessageRow } from './records.js';

type Leases = Pick<DeliveryStore, 'claimDue' | 'recordOutcomes' | 'renewLeases' | 'releaseLeases' | 'reapExpired'>;

/** Due rows that a claim reads before it walks from endpoint to endpoint. */
const probeSize = 1_000;
/** Endpoints with waiting deliveries that a claim looks at, and those with due ones that it considers. */
const maxEndpointsSeen = 5_000;
const maxEndpointsConsidered = 1_000;

const lockClaims = {
  name: 'lock_claims',
  text: `SELECT pg_advisory_xact_lock(hashtextextended('postrider.claim.' || current_schema(), 0))`,
};

/** Changes of lines that a claim looks at: more than it could claim of them. */
const maxLineChanges = 2_000;

const firstsFirst = { ...releaseFirsts, values: [maxLineChanges] };

/** The part of `DeliveryStore` that workers use. */
export function createPostgresLeaseStore(context: PostgresContext): Leases {
  const { pool, operation } = context;
  /** Where the last claim of this process ended its round; other processes have rounds of their own. */
  let lastServed = '';

  return {
    claimDue: operation(async (params) => {
      const rows = await repeatOnConflict(() => claim(pool, params, lastServed));
      const claimed = rows.filter((row) => row.id !== null).map((row) => toClaimed(row as ClaimedRow));
      lastServed = endOfRound({ rows, claimed, limit: params.limit, lastServed });
      return claimed;
    }),

    recordOutcomes: operation(createRecordOutcomes(context)),

    renewLeases: operation(async ({ leases, leaseUntil }) => {
      if (leases.length === 0) return { lost: [] };
      const sorted = sortLeases(leases, (lease) => lease);
      const query = { ...renewLeases, values: [...leaseValues(sorted), leaseUntil] };
      const held = await repeatOnConflict(() => pool.query<{ position: number }>(query));
      const positions = new Set(held.rows.map(({ position }) => position));
      return { lost: sorted.filter((_, index) => !positions.has(index + 1)) };
    }),

    releaseLeases: operation(async ({ leases, dueAt }) => {
      if (leases.length === 0) return;
      const sorted = sortLeases(leases, (lease) => lease);
      const query = { ...releaseLeases, values: [...leaseValues(sorted), dueAt] };
      await repeatOnConflict(() => pool.query(query));
    }),

    reapExpired: operation(async ({ now, limit, nextAttemptId }) => {
      const attemptIds = Array.from({ length: limit }, () => nextAttemptId());
      const { rows } = await pool.query<{ reaped: number }>({ ...reapExpired, values: [now, limit, attemptIds] });
      return { reaped: rows[0]?.reaped ?? 0 };
    }),
  };
}

type ClaimedRow = DeliveryRow & Omit<MessageRow, 'created_at'> & { readonly message_created_at: Date };
type ClaimAnswer = { readonly walked_to: string | null } & (ClaimedRow | { readonly id: null });

/** All in one go: the server holds the lock only while it works, whatever becomes of this process. */
async function claim(
  pool: Pool,
  params: Parameters<DeliveryStore['claimDue']>[0],
  after: string,
): Promise<readonly ClaimAnswer[]> {
  const { now, limit, perEndpointLimit, leaseUntil, workerId } = params;
  const values = [
    now,
    limit,
    perEndpointLimit,
    after,
    leaseUntil,
    workerId,
    probeSize,
    maxEndpointsSeen,
    Math.max(maxEndpointsConsidered, limit),
    params.firstAttemptsOnly ?? false,
  ];
  const results = await withClient(pool, (client) =>
    pipeline(client, ['BEGIN', lockClaims, firstsFirst, { ...claimDue, values }, 'COMMIT']),
  );
  return (results[3]?.rows ?? []) as ClaimAnswer[];
}

function toClaimed(row: ClaimedRow): ClaimedDelivery {
  return {
    delivery: toDelivery(row),
    message: toMessage({ ...row, id: row.message_id, created_at: row.message_created_at }),
  };
}

/**
 * The next round begins behind the last endpoint that was served when this one ended for want of room, and behind the
 * last one that was looked at otherwise.
 */
function endOfRound(params: {
  readonly rows: readonly ClaimAnswer[];
  readonly claimed: readonly ClaimedDelivery[];
  readonly limit: number;
  readonly lastServed: string;
}): string {
  const { rows, claimed, limit, lastServed } = params;
  const served = [...new Set(claimed.map(({ delivery }) => delivery.endpointId))].sort();
  if (claimed.length < limit) return rows[0]?.walked_to ?? lastServed;
  // In the order of the round: those behind the last one first, then from the beginning.
  return served.findLast((id) => id <= lastServed) ?? served.at(-1) ?? lastServed;
}

import type { DeliveryEnding, EndedDeliveries } from '@postrider/core';
import type { PoolClient } from 'pg';
import type { Statement } from '../database/transaction.js';

/** Each statement must end long before the statement timeout, whatever the length of the queue. */
const rowsPerStatement = 5_000;

/** How the deliveries of an endpoint or application end. */
export interface EndParams {
  readonly ownerId: string;
  readonly as: DeliveryEnding;
  readonly endedAt: Date;
}

interface EndStatement extends EndParams {
  readonly statement: Statement;
}

interface EndedRow {
  readonly environment_id: string;
  readonly application_id: string;
  readonly endpoint_id: string;
  readonly event_type: string;
  readonly count: number;
}

/** Ends all that the statements find pending, one statement after the other, within the client's transaction. */
export async function endPending(
  client: PoolClient,
  { statements, ...params }: EndParams & { readonly statements: readonly Statement[] },
): Promise<readonly EndedDeliveries[]> {
  const all: EndedDeliveries[] = [];
  for (const statement of statements) {
    for (;;) {
      const ended = await endSome(client, { statement, ...params }, [rowsPerStatement]);
      if (ended.length === 0) break;
      all.push(...ended);
    }
  }
  return all;
}

/** Ends what the statement names in one go, within the client's transaction. */
export function endAtOnce(client: PoolClient, params: EndStatement): Promise<readonly EndedDeliveries[]> {
  return endSome(client, params, []);
}

async function endSome(
  client: PoolClient,
  { statement, ownerId, as, endedAt }: EndStatement,
  more: readonly number[],
): Promise<readonly EndedDeliveries[]> {
  const values = [ownerId, as.status, as.reason, endedAt, ...more];
  const { rows } = await client.query<EndedRow>({ ...statement, values });
  return rows.map((row) => ({
    environmentId: row.environment_id,
    applicationId: row.application_id,
    endpointId: row.endpoint_id,
    eventType: row.event_type,
    count: row.count,
    ...as,
  }));
}

import type { Clock, StorageHealth } from '@postrider/core';
import type { Pool } from 'pg';

/** Asks for a sign of life, and whether this server takes writes: after a failover the old primary does not. */
export async function measureHealth(params: { pool: Pool; clock: Clock; isOpen: boolean }): Promise<StorageHealth> {
  const { pool, clock, isOpen } = params;
  if (!isOpen) return { healthy: false, latencyMs: 0, problem: 'The PostgreSQL storage is not open.' };
  const startedMs = clock.monotonicMs();
  const elapsedMs = (): number => clock.monotonicMs() - startedMs;
  try {
    const { rows } = await pool.query<{ read_only: string; now: Date }>({
      name: 'check_health',
      text: `SELECT current_setting('transaction_read_only') AS read_only, clock_timestamp() AS now`,
    });
    const latencyMs = elapsedMs();
    const now = rows[0]?.now;
    if (rows[0]?.read_only !== 'on') return { healthy: true, latencyMs, now };
    return { healthy: false, latencyMs, now, problem: 'PostgreSQL accepts no writes: it is a standby or read-only.' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { healthy: false, latencyMs: elapsedMs(), problem: `PostgreSQL does not answer: ${reason}` };
  }
}

import type { StoreFacts, StoreFinding } from '@postrider/core';
import type pg from 'pg';

interface ServerRow {
  readonly now: Date;
  readonly version: string;
  readonly version_number: number;
  readonly oldest_snapshot_at: Date | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly connections: number;
}

const settingNames = [
  ...['synchronous_commit', 'fsync', 'full_page_writes', 'max_connections', 'shared_buffers'],
  ...['default_transaction_isolation', 'autovacuum'],
];

const readServer = `
SELECT clock_timestamp() AS now, current_setting('server_version') AS version,
  current_setting('server_version_num')::int AS version_number,
  (SELECT min(xact_start) FROM pg_stat_activity
    WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid() AND datname = current_database()) AS oldest_snapshot_at,
  (SELECT json_object_agg(name, setting) FROM pg_settings WHERE name = ANY ($1)) AS settings,
  (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections`;

const oldestSupported = 140_000;

/** What the PostgreSQL server says of itself. */
export async function examineServer(client: pg.Client): Promise<StoreFacts> {
  const { rows } = await client.query<ServerRow>(readServer, [settingNames]);
  const [row] = rows;
  if (row === undefined) throw new Error('PostgreSQL answered a SELECT without FROM with no row.');
  return {
    product: 'PostgreSQL',
    version: row.version,
    clockAt: row.now,
    settings: { ...row.settings, connections: String(row.connections) },
    oldestSnapshotAt: row.oldest_snapshot_at ?? undefined,
    findings: findSmells(row),
  };
}

function findSmells({ settings, version, version_number, connections }: ServerRow): StoreFinding[] {
  const findings: StoreFinding[] = [];
  if (version_number < oldestSupported) {
    findings.push({ found: `PostgreSQL ${version} is older than 14.`, advice: 'Upgrade PostgreSQL to 14 or newer.' });
  }
  for (const name of ['fsync', 'full_page_writes', 'autovacuum']) {
    if (settings[name] !== 'off') continue;
    const risk = name === 'autovacuum' ? 'claims become slower and slower' : 'a power cut can destroy the database';
    findings.push({ found: `${name} is off: ${risk}.`, advice: `Set ${name} = on and reload PostgreSQL.` });
  }
  if (['off', 'local'].includes(settings['synchronous_commit'] ?? '')) {
    findings.push({
      found: `synchronous_commit is ${settings['synchronous_commit']}: what was acknowledged may be lost in a crash.`,
      advice: 'Set synchronous_commit = on for the database or the role of Postrider.',
    });
  }
  const limit = Number(settings['max_connections']);
  if (connections > 0.9 * limit) {
    findings.push({
      found: `${connections} of ${limit} connections are in use.`,
      advice: 'Raise max_connections, or lower "poolSize" of the storage or the number of replicas.',
    });
  }
  return findings;
}

import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { killChildren, startChild } from './support/child-process.js';
import { TemporaryDatabases } from './support/temporary-databases.js';

const databases = new TemporaryDatabases();
afterAll(() => databases.remove());
afterAll(killChildren);

const crashes = 10;

// Processes take as long to start as the machine is busy.
const timeoutMs = 120_000;

describe('a process that is killed under load', () => {
  it(
    `loses nothing it acknowledged, ${String(crashes)} times over`,
    async () => {
      const path = databases.newPath();
      const acknowledged = new Set<string>();
      for (let crash = 1; crash <= crashes; crash += 1) {
        const child = startChild('busy-writer.ts', [path]);
        const enough = acknowledged.size + 200 + crash * 37;
        for await (const line of child.lines) {
          acknowledged.add(line);
          // Killed in the middle of things; what it had printed by then is still read.
          if (acknowledged.size === enough) child.process.kill('SIGKILL');
        }
        await child.kill();
        expectSound(path, acknowledged);
      }
      const outcomes = [...acknowledged].filter((line) => line.startsWith('outcome'));
      expect(outcomes.length).toBeGreaterThan(crashes * 50);
    },
    timeoutMs,
  );
});

/** Reads the file as the crash left it, which replays the write-ahead log. */
function expectSound(path: string, acknowledged: ReadonlySet<string>): void {
  const db = new Database(path);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  const stored = new Set(
    db
      .prepare<unknown[], string>(
        `SELECT 'message ' || id FROM messages UNION ALL
         SELECT 'outcome ' || deliveries.id FROM deliveries JOIN attempts ON attempts.delivery_id = deliveries.id
         WHERE deliveries.status = 'delivered' AND deliveries.attempt_count = 1`,
      )
      .pluck()
      .all(),
  );
  db.close();
  expect([...acknowledged].filter((line) => !stored.has(line))).toEqual([]);
}

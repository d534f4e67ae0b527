/** F6: rows that nobody can work on, among a thousand that anybody can. */
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runSql } from '../chaos/src/ledger.ts';
import { storageKinds, type StorageUnderTest } from '../e2e/support/storages.ts';
import { startDrill, until, type Drill } from './support/drill.ts';

let drill: Drill | undefined;
const keep = (started: Drill): Drill => {
  drill = started;
  return started;
};
afterEach(async () => {
  await drill?.close();
  drill = undefined;
});

const good = 1_000;

/** Writes past every check of the server, which must not run meanwhile. */
async function corrupt({ environment }: StorageUnderTest, statements: readonly string[]): Promise<void> {
  const url = environment['POSTRIDER_DATABASE_URL'];
  if (url !== undefined) return void (await runSql(url, statements.join(';')));
  const database = new Database(join(environment['POSTRIDER_DATA_DIR'] ?? '', 'postrider.db'));
  database.pragma('foreign_keys = OFF');
  for (const statement of statements) database.exec(statement);
  database.close();
}

describe.each(storageKinds)('F6 on $name', (kind) => {
  it.skipIf(!kind.available)(
    'broken rows end as dead letters and hold up nobody',
    async () => {
      const own = keep(await startDrill(kind));
      const api = await own.start({ POSTRIDER_ROLE: 'api' });
      const healthy = await own.addCustomer(api, { good: 'good' });
      const names = ['secret', 'url', 'missing', 'payload'] as const;
      const broken = new Map<string, { messageId: string; endpointId: string }>();
      for (const name of names) {
        const customer = await own.addCustomer(api, { [name]: 'good' });
        const messageId = (await own.publish(api, customer)) ?? '';
        broken.set(name, { messageId, endpointId: customer.endpoints[0]?.id ?? '' });
      }
      for (let n = 0; n < good; n += 250) await own.publishMany(api, healthy, 250);
      expect(await api.stop()).toBe(0);
      const of = (name: (typeof names)[number]) => broken.get(name) ?? { messageId: '', endpointId: '' };
      await corrupt(own.storage, [
        `UPDATE endpoint_secrets SET key = 'not a key' WHERE endpoint_id = '${of('secret').endpointId}'`,
        `UPDATE endpoints SET url = 'http://' WHERE id = '${of('url').endpointId}'`,
        `DELETE FROM endpoint_secrets WHERE endpoint_id = '${of('missing').endpointId}'`,
        `DELETE FROM endpoints WHERE id = '${of('missing').endpointId}'`,
        // PostgreSQL checks the types of its columns; in SQLite structured values are text.
        kind.name === 'sqlite'
          ? `UPDATE messages SET tags = '{"oops' WHERE id = '${of('payload').messageId}'`
          : `UPDATE messages SET payload = '' WHERE id = '${of('payload').messageId}'`,
      ]);

      const server = await own.start();
      const statusOf = async () =>
        new Map((await own.ledger.readDeliveries()).map((row) => [row.messageId, `${row.status} ${row.reason ?? ''}`]));
      const isDone = async (): Promise<boolean> => {
        const statuses = [...(await statusOf()).values()];
        return statuses.filter((status) => status === 'delivered ').length >= good;
      };
      const tookMs = await until('the good ones are delivered', isDone, 30_000);
      const pages = await own.publishMany(server, healthy, 20);
      expect(pages).toBe(20);
      await own.settle(60_000);
      const statuses = await statusOf();
      expect(statuses.get(of('secret').messageId)).toBe('dead_letter internal');
      expect(statuses.get(of('url').messageId)).toMatch(/^dead_letter /);
      expect(statuses.get(of('missing').messageId)).toBe('cancelled endpoint_deleted');
      // A payload that cannot be read in SQLite is a fault of ours; an empty one is sent as it is.
      expect(statuses.get(of('payload').messageId)).toBe(
        kind.name === 'sqlite' ? 'dead_letter internal' : 'delivered ',
      );
      expect((await fetch(`${server.url}/api/v1/health/ready`)).status).toBe(204);
      console.log(`${kind.name}: ${String(good)} good ones in ${String(Math.round(tookMs))} ms beside 4 broken rows`);
    },
    150_000,
  );
});

/** Claims until nothing is due, and prints the ids of what it got. Arguments: storage options, claim limits (JSON). */
import { silentLogger } from '@postrider/core';
import { createPostgresStorage, type PostgresStorageOptions } from '@postrider/storage-postgres';

const [options = '', limits = '', workerId = ''] = process.argv.slice(2);
const { now, leaseUntil, ...numbers } = JSON.parse(limits) as {
  limit: number;
  perEndpointLimit: number;
  now: string;
  leaseUntil: string;
};
const storage = createPostgresStorage(JSON.parse(options) as PostgresStorageOptions, { logger: silentLogger });
await storage.migrate({});
const ids: string[] = [];
for (;;) {
  const claimed = await storage.claimDue({
    workerId,
    now: new Date(now),
    leaseUntil: new Date(leaseUntil),
    ...numbers,
  });
  if (claimed.length === 0) break;
  ids.push(...claimed.map(({ delivery }) => delivery.id));
}
await storage.close();
process.stdout.write(JSON.stringify(ids));

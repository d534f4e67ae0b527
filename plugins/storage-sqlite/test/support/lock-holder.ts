import { systemClock } from '@postrider/core';
import { createSqliteStorage } from '../../src/sqlite-storage.js';

/** Opens the database given as its parameter, says so, and holds it until it is killed. */
const [path = ''] = process.argv.slice(2);
const storage = createSqliteStorage({ path });
await storage.migrate({});
process.stdout.write('open\n');
// In use, as in a server: an unreachable storage would be collected, and its lock with it.
for (;;) {
  await systemClock.sleep({ delayMs: 1000 });
  await storage.health({});
}

import { writeSync } from 'node:fs';
import type { DeliveryOutcome } from '@postrider/core';
import { createSqliteStorage } from '../../src/sqlite-storage.js';
import { after, claim, newEntry, startAt, storeEndpoints, toDelivered } from './stored-fixtures.js';

/**
 * Publishes and delivers as fast as it can until it is killed. Prints each acknowledged message and each acknowledged
 * outcome, straight to the pipe, so that nothing it printed is lost with it.
 */
const [path = ''] = process.argv.slice(2);
const storage = createSqliteStorage({ path });
await storage.migrate({});
const endpoints = await storeEndpoints(storage, 5);

async function publish(): Promise<void> {
  for (;;) {
    const entries = endpoints.flatMap((endpoint) => [newEntry(endpoint), newEntry(endpoint)]);
    await storage.appendMessages({ entries, now: startAt });
    say(entries.map(({ message }) => `message ${message.id}`));
  }
}

async function deliver(): Promise<void> {
  for (;;) {
    const outcomes: DeliveryOutcome[] = (await claim(storage, { limit: 8 })).map(toDelivered);
    await storage.recordOutcomes({ outcomes, recordedAt: after(1) });
    say(outcomes.map(({ lease }) => `outcome ${lease.deliveryId}`));
  }
}

function say(lines: readonly string[]): void {
  for (const line of lines) writeSync(1, `${line}\n`);
}

await Promise.all([publish(), deliver()]);

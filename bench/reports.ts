/**
 * How long a report over 30 days takes, by how much was delivered and to how many endpoints. Rollups are generated and
 * compacted by the product's own code; the last quarter of an hour is still minutes, as on a busy server.
 *
 *   node bench/reports.ts
 *   node bench/reports.ts --endpoints=1000 --deliveries=100000000 --only=postgres --runs=21
 */
import { parseArgs } from 'node:util';
import { createAnalytics } from '@postrider/analytics';
import { generateHistory, type History } from './src/generate-history.ts';
import { median } from './src/statistics.ts';
import { openStorages } from './src/storages.ts';

const { values } = parseArgs({
  options: {
    endpoints: { type: 'string', default: '100,1000' },
    deliveries: { type: 'string', default: '10000000,100000000' },
    only: { type: 'string', default: 'sqlite,postgres' },
    runs: { type: 'string', default: '11' },
  },
});
const dayMs = 86_400_000;
const goalMs = 100;
const runs = Number(values.runs);
const now = new Date();

for (const endpoints of values.endpoints.split(',').map(Number)) {
  for (const deliveries of values.deliveries.split(',').map(Number)) {
    await measure({ endpoints, deliveries, days: 30, now });
  }
}

async function measure(history: History): Promise<void> {
  const opened = await openStorages(values.only.split(','));
  try {
    for (const { name, storage } of opened.storages) {
      await storage.migrate({});
      const rows = await generateHistory(storage, history);
      const analytics = createAnalytics({ store: storage });
      const range = { from: new Date(now.getTime() - history.days * dayMs), to: now };
      const endpoint = { applicationId: 'app_0', endpointId: 'ep_0' };
      const questions: Readonly<Record<string, () => Promise<{ readonly deliveries: number }>>> = {
        'report of the environment': () => analytics.report(range),
        'report of an event type': () => analytics.report({ ...range, eventType: 'type.0' }),
        'report of an endpoint': () => analytics.report({ ...range, ...endpoint }),
        'endpoint, 30 days': () => analytics.endpoint({ ...endpoint, days: history.days }),
      };
      console.log(`${name}: ${history.deliveries} deliveries, ${history.endpoints} endpoints, ${rows} rows of minutes`);
      for (const [question, ask] of Object.entries(questions)) {
        const tookMs: number[] = [];
        let counted = 0;
        for (let run = 0; run < runs; run += 1) {
          const startedAt = performance.now();
          counted = (await ask()).deliveries;
          tookMs.push(performance.now() - startedAt);
        }
        const verdict = median(tookMs) <= goalMs ? '' : `  above the goal of ${goalMs} ms`;
        const figures = `median ${median(tookMs).toFixed(1)} ms, max ${Math.max(...tookMs).toFixed(1)} ms`;
        console.log(`  ${question.padEnd(26)} ${figures} (${counted} deliveries)${verdict}`);
      }
    }
  } finally {
    await opened.close();
  }
}

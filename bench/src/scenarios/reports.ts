import { createAnalytics } from '@postrider/analytics';
import type { ScenarioContext } from '../run/context.ts';
import { openStorage, type StorageName } from '../systems/open-storage.ts';
import { generateHistory, type History } from './generate-history.ts';
import type { Scenario } from './scenario.ts';

const days = 30;
const dayMs = 86_400_000;

export const reports: Scenario = {
  name: 'reports',
  title: 'Reports over large rollups',
  about:
    'How long reports over 30 days take, by how much was delivered and to how many endpoints. The rollups are generated, and compacted by the code of the product; the last six minutes are not compacted, as on a busy server. PostgreSQL has vacuumed by then.',
  columns: [{ metric: 'tookMs', label: 'took ms', digits: 1 }],
  async run(context) {
    const { reportEndpoints, reportDeliveries } = context.scale;
    for (const { name } of context.choose(['sqlite', 'postgres'])) {
      for (const endpoints of reportEndpoints) {
        for (const deliveries of reportDeliveries) {
          await measure(context, name as StorageName, { endpoints, deliveries, days, now: new Date() });
        }
      }
    }
  },
};

async function measure(context: ScenarioContext, name: StorageName, history: History): Promise<void> {
  const opened = await openStorage(name);
  const { storage } = opened;
  try {
    await generateHistory(storage, history);
    await opened.maintain();
    const analytics = createAnalytics({ store: storage });
    const range = { from: new Date(history.now.getTime() - history.days * dayMs), to: history.now };
    const endpoint = { applicationId: 'app_0', endpointId: 'ep_0' };
    const questions: Readonly<Record<string, () => Promise<{ readonly deliveries: number }>>> = {
      environment: () => analytics.report(range),
      'event type': () => analytics.report({ ...range, eventType: 'type.0' }),
      endpoint: () => analytics.report({ ...range, ...endpoint }),
      'days of an endpoint': () => analytics.endpoint({ ...endpoint, days: history.days }),
    };
    for (const [question, ask] of Object.entries(questions)) {
      const row = `${name}, ${question}, ${history.deliveries} deliveries, ${history.endpoints} endpoints`;
      for (let run = 0; run < context.scale.reportRuns; run += 1) {
        const startedAt = performance.now();
        const { deliveries } = await ask();
        const tookMs = performance.now() - startedAt;
        if (deliveries === 0) throw new Error(`The report of ${row} is empty.`);
        context.record(row, { tookMs });
      }
    }
  } catch (error) {
    context.fail(name, error);
  } finally {
    await opened.remove();
  }
}

import type { EndedBeside, Storage } from '@postrider/core';
import type { Metrics } from '@postrider/metrics';

/** Calls that end deliveries without a worker, who would tell the engine. */
const endings = ['replaceEndpoint', 'deleteEndpoint', 'deleteApplication', 'cancelDelivery'] as const;

type Call = (params: never) => Promise<unknown>;

/** The calls of the storage that end deliveries beside what they are for, each counting what it ended. */
export function countEndings(storage: Storage, metrics: Pick<Metrics, 'counter'>): ReadonlyMap<string, Call> {
  return new Map(
    endings.map((method) => {
      const call: Call = async (params) => {
        const result: { readonly outcome: string } | EndedBeside = await storage[method](params);
        if ('ended' in result) for (const each of result.ended) count(metrics, each);
        return result;
      };
      return [method, call];
    }),
  );
}

function count(metrics: Pick<Metrics, 'counter'>, ended: EndedBeside['ended'][number]): void {
  const labels = { outcome: ended.status, event_type: ended.eventType };
  metrics.counter('webhook_deliveries_total', labels).add(ended.count);
  if (ended.status !== 'dead_letter') return;
  metrics.counter('webhook_dead_letter_total', { reason: ended.reason }).add(ended.count);
}

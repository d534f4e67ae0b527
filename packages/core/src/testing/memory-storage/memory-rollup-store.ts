import type { EndpointSums, RollupRange, RollupStore } from '../../ports/rollup-store.js';
import { addRollupSums, emptyRollupSums } from '../../rollup/rollup-sums.js';
import { copyPlain } from '../copy-plain.js';
import type { MemoryContext } from './memory-context.js';
import type { MemoryDatabase, StoredEndpoint } from './memory-database.js';

/** `RollupStore` in memory. */
export function createMemoryRollupStore({ database, operation }: MemoryContext): RollupStore {
  const { rollups } = database;
  return {
    readRollups: operation((params) => rollups.readMinutes(params).map(copyPlain)),
    writeRollups: operation((params) => rollups.write(params.rollups.map(copyPlain))),
    readSummaries: operation((params) => rollups.readSummaries(params).map(copyPlain)),
    countByEndpoint: operation((params) => rollups.countByEndpoint(params)),
    surveyEndpoints: operation(({ environmentId, slowerThanMs, ...range }) => {
      const all = [...database.endpoints.values()].filter(({ endpoint }) => endpoint.environmentId === environmentId);
      const enabled = all.filter(({ endpoint }) => !endpoint.disabled);
      const troubled = enabled
        .map((stored) => sumUp(database, stored, range))
        .filter(
          ({ attempts, failedAttempts, deadLettered, durationSumMs }) =>
            failedAttempts + deadLettered > 0 || durationSumMs > slowerThanMs * attempts,
        );
      return { enabled: enabled.length, disabled: all.length - enabled.length, troubled };
    }),
    compactRollups: operation((params) => rollups.compact(params)),
  };
}

function sumUp(database: MemoryDatabase, { endpoint }: StoredEndpoint, range: RollupRange): EndpointSums {
  const { environmentId, applicationId, id: endpointId } = endpoint;
  const total = emptyRollupSums();
  for (const summary of database.rollups.readSummaries({ environmentId, applicationId, endpointId, ...range })) {
    if (summary.spanMinutes < 1440) addRollupSums(total, summary);
  }
  const { attempts, failedAttempts, retries, delivered, deadLettered, durationSumMs } = total;
  return { applicationId, endpointId, attempts, failedAttempts, retries, delivered, deadLettered, durationSumMs };
}

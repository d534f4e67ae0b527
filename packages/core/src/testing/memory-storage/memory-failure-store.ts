import type { FailureRun, FailureSign } from '../../domain/failure-run.js';
import type { FailureStore } from '../../ports/failure-store.js';
import { copyPlain } from '../copy-plain.js';
import type { MemoryContext } from './memory-context.js';
import type { MemoryDatabase, StoredEndpoint } from './memory-database.js';
import { compareText } from './paginate.js';

/** `FailureStore` in memory. */
export function createMemoryFailureStore({ database, operation }: MemoryContext): FailureStore {
  return {
    listFailureRuns: operation(({ before, after, limit }) =>
      [...database.endpoints.values()]
        .filter(({ endpoint }) => !endpoint.disabled)
        .flatMap((stored) => runOf(stored) ?? [])
        .filter((run) => run.failingSince < before && (after === undefined || compareRuns(run, after) > 0))
        .sort(compareRuns)
        .slice(0, limit)
        .map(copyPlain),
    ),

    replaceFailureRun: operation(({ expected, next }) => {
      const stored = database.endpointOf(expected);
      const run = stored && runOf(stored);
      if (stored === undefined || run === undefined) return { replaced: false };
      if (compareRuns(run, expected) !== 0 || run.notices !== expected.notices) return { replaced: false };
      stored.failures = next && { since: new Date(next.failingSince), notices: next.notices };
      return { replaced: true };
    }),
  };
}

/** Begins or ends the run of the endpoint that the sign is about. */
export function noteFailureSign(database: MemoryDatabase, sign: FailureSign): void {
  const { applicationId, endpointId, failedAt } = sign;
  const stored = database.endpoints.get(endpointId);
  if (stored?.endpoint.applicationId !== applicationId) return;
  if (failedAt === undefined) stored.failures = undefined;
  else stored.failures ??= { since: new Date(failedAt), notices: 0 };
}

function runOf({ endpoint, failures }: StoredEndpoint): FailureRun | undefined {
  if (failures === undefined) return undefined;
  const { environmentId, applicationId, id: endpointId } = endpoint;
  return { environmentId, applicationId, endpointId, failingSince: failures.since, notices: failures.notices };
}

type Position = Pick<FailureRun, 'failingSince' | 'endpointId'>;

function compareRuns(a: Position, b: Position): number {
  return a.failingSince.getTime() - b.failingSince.getTime() || compareText(a.endpointId, b.endpointId);
}

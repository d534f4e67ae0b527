import type { Application } from '../../domain/application.js';
import type { ApplicationStore } from '../../ports/application-store.js';
import { copyPlain } from '../copy-plain.js';
import { endDeliveries } from './end-deliveries.js';
import type { MemoryContext } from './memory-context.js';
import { compareText, paginate } from './paginate.js';

/** `ApplicationStore` in memory. */
export function createMemoryApplicationStore({ database, rollups, operation }: MemoryContext): ApplicationStore {
  const ofEnvironment = (environmentId: string): Application[] =>
    [...database.applications.values()].filter((application) => application.environmentId === environmentId);
  const isUidTaken = ({ id, environmentId, uid }: Application): boolean =>
    uid !== undefined && ofEnvironment(environmentId).some((other) => other.uid === uid && other.id !== id);

  return {
    ensureEnvironment: operation(({ environment }) => {
      const stored = database.environments.get(environment.id) ?? copyPlain(environment);
      database.environments.set(environment.id, stored);
      return copyPlain(stored);
    }),

    listEnvironments: operation(() =>
      [...database.environments.values()]
        .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || compareText(a.id, b.id))
        .map(copyPlain),
    ),

    createApplication: operation(({ application }) => {
      if (!database.environments.has(application.environmentId)) return { outcome: 'parent_missing' };
      if (isUidTaken(application)) return { outcome: 'uid_taken' };
      database.applications.set(application.id, copyPlain(application));
      return { outcome: 'created', record: copyPlain(application) };
    }),

    getApplication: operation(({ environmentId, application: ref }) => {
      if ('id' in ref) return copyPlain(database.applicationOf({ environmentId, applicationId: ref.id }));
      return copyPlain(ofEnvironment(environmentId).find(({ uid }) => uid === ref.uid));
    }),

    listApplications: operation(({ environmentId, page }) =>
      paginate({ items: ofEnvironment(environmentId), keyOf: ({ id }) => id, page }),
    ),

    replaceApplication: operation(({ application }) => {
      const { id: applicationId, environmentId } = application;
      const stored = database.applicationOf({ environmentId, applicationId });
      if (!stored) return { outcome: 'not_found' };
      if (stored.version !== application.version - 1) return { outcome: 'version_mismatch' };
      if (isUidTaken(application)) return { outcome: 'uid_taken' };
      const record = copyPlain({ ...application, createdAt: stored.createdAt });
      database.applications.set(applicationId, record);
      return { outcome: 'replaced', record: copyPlain(record) };
    }),

    deleteApplication: operation(({ environmentId, applicationId, deletedAt }) => {
      if (!database.applicationOf({ environmentId, applicationId })) return { outcome: 'not_found' };
      database.applications.delete(applicationId);
      for (const key of database.consumerPositions.keys()) {
        if (key.includes(applicationId)) database.consumerPositions.delete(key);
      }
      for (const { endpoint } of database.endpointsOf(applicationId)) database.endpoints.delete(endpoint.id);
      const unfinished = [...database.logOf(applicationId).messages.values()]
        .flatMap(({ deliveries }) => [...deliveries.values()])
        .filter(({ row }) => row.status === 'pending' || row.status === 'in_flight');
      const ending = { status: 'cancelled', reason: 'endpoint_deleted' } as const;
      const ended = endDeliveries({ database, rollups, deliveries: unfinished, ending, endedAt: deletedAt });
      return { outcome: 'deleted', ended };
    }),
  };
}

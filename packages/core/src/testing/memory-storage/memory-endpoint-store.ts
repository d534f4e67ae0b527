import type { Endpoint, EndpointSecret } from '../../domain/endpoint.js';
import type { EndpointStore, RoutedEndpoint } from '../../ports/endpoint-store.js';
import { copyPlain } from '../copy-plain.js';
import { endPending } from './end-deliveries.js';
import type { MemoryContext } from './memory-context.js';
import type { StoredEndpoint } from './memory-database.js';
import { compareText, paginate } from './paginate.js';

/** `EndpointStore` in memory. */
export function createMemoryEndpointStore({ database, rollups, operation }: MemoryContext): EndpointStore {
  const isUidTaken = ({ id, applicationId, uid }: Endpoint): boolean =>
    uid !== undefined &&
    database.endpointsOf(applicationId).some(({ endpoint }) => endpoint.uid === uid && endpoint.id !== id);

  return {
    createEndpoint: operation(({ endpoint, secrets }) => {
      if (!database.applicationOf(endpoint)) return { outcome: 'parent_missing' };
      if (isUidTaken(endpoint)) return { outcome: 'uid_taken' };
      const { applicationId, id: endpointId } = endpoint;
      database.endpoints.set(endpointId, {
        endpoint: copyPlain(endpoint),
        secrets: copyPlain(secrets),
        state: { applicationId, endpointId },
      });
      return { outcome: 'created', record: copyPlain(endpoint) };
    }),

    getEndpoint: operation(({ environmentId, applicationId, endpoint: ref }) => {
      const find = (): string | undefined =>
        'id' in ref
          ? ref.id
          : database.endpointsOf(applicationId).find(({ endpoint }) => endpoint.uid === ref.uid)?.endpoint.id;
      const endpointId = find();
      if (endpointId === undefined) return undefined;
      return copyPlain(database.endpointOf({ environmentId, applicationId, endpointId })?.endpoint);
    }),

    listEndpoints: operation(({ environmentId, applicationId, page }) => {
      const items = database
        .endpointsOf(applicationId)
        .map(({ endpoint }) => endpoint)
        .filter((endpoint) => endpoint.environmentId === environmentId);
      return paginate({ items, keyOf: ({ id }) => id, page });
    }),

    replaceEndpoint: operation(({ endpoint, failingSince }) => {
      const { environmentId, applicationId, id: endpointId } = endpoint;
      const stored = database.endpointOf({ environmentId, applicationId, endpointId });
      if (!stored) return { outcome: 'not_found' };
      if (stored.endpoint.version !== endpoint.version - 1) return { outcome: 'version_mismatch' };
      if (failingSince && failingSince.getTime() !== stored.failures?.since.getTime()) {
        return { outcome: 'version_mismatch' };
      }
      if (isUidTaken(endpoint)) return { outcome: 'uid_taken' };
      const wasDisabled = stored.endpoint.disabled;
      stored.endpoint = copyPlain({ ...endpoint, createdAt: stored.endpoint.createdAt });
      if (endpoint.disabled !== wasDisabled) stored.failures = undefined;
      const record = copyPlain(stored.endpoint);
      if (!endpoint.disabled || wasDisabled) return { outcome: 'replaced', record, ended: [] };
      const reason = endpoint.disabledReason === 'gone' ? 'endpoint_gone' : 'endpoint_disabled';
      const ending = { status: 'dead_letter', reason } as const;
      const ended = endPending({ database, rollups, endpointId, ending, endedAt: endpoint.updatedAt });
      return { outcome: 'replaced', record, ended };
    }),

    deleteEndpoint: operation((params) => {
      if (!database.endpointOf(params)) return { outcome: 'not_found' };
      const { endpointId, deletedAt } = params;
      database.endpoints.delete(endpointId);
      const ending = { status: 'cancelled', reason: 'endpoint_deleted' } as const;
      return { outcome: 'deleted', ended: endPending({ database, rollups, endpointId, ending, endedAt: deletedAt }) };
    }),

    getEndpointSecrets: operation((params) => {
      const secrets = database.endpointOf(params)?.secrets;
      return secrets && newestFirst(secrets).map(copyPlain);
    }),

    replaceEndpointSecrets: operation((params) => {
      const stored = database.endpointOf(params);
      if (!stored) return { outcome: 'not_found' };
      if (!haveSameKeys(stored.secrets, params.expected)) return { outcome: 'version_mismatch' };
      stored.secrets = copyPlain(params.secrets);
      return { outcome: 'replaced' };
    }),

    loadRoutes: operation(({ applicationId }) => {
      const application = database.applications.get(applicationId);
      if (!application) return undefined;
      const endpoints = database.endpointsOf(applicationId).sort(byAge).map(toRouted);
      return { application: copyPlain(application), endpoints };
    }),
  };
}

function toRouted({ endpoint, secrets, state, failures }: StoredEndpoint): RoutedEndpoint {
  return copyPlain({ endpoint, secrets: currentFirst(secrets), state, failingSince: failures?.since });
}

function byAge(a: { readonly endpoint: Endpoint }, b: { readonly endpoint: Endpoint }): number {
  const ageMs = a.endpoint.createdAt.getTime() - b.endpoint.createdAt.getTime();
  return ageMs || compareText(a.endpoint.id, b.endpoint.id);
}

function newestFirst(secrets: readonly EndpointSecret[]): EndpointSecret[] {
  return [...secrets].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

function currentFirst(secrets: readonly EndpointSecret[]): EndpointSecret[] {
  const sorted = newestFirst(secrets);
  const isCurrent = (secret: EndpointSecret): boolean => secret.expiresAt === undefined;
  return [...sorted.filter(isCurrent), ...sorted.filter((secret) => !isCurrent(secret))];
}

function haveSameKeys(a: readonly EndpointSecret[], b: readonly EndpointSecret[]): boolean {
  const keys = new Set(a.map(({ key }) => key));
  return a.length === b.length && b.every(({ key }) => keys.has(key));
}

import {
  isPostriderError,
  type ApplicationRoutes,
  type CreateResult,
  type Endpoint,
  type EndpointSecret,
  type EndpointStore,
  type ReplaceResult,
  type RoutedEndpoint,
} from '@postrider/core';
import type { SecretCodec, SecretOwner } from './secret-codec.js';

/** Writes of others that a change of secrets survives: those that only sealed them anew. */
const maxTries = 5;

type SealedMethods = Omit<EndpointStore, 'deleteEndpoint'>;

/** The methods of the store through which secrets pass: what they write is sealed, what they read is opened. */
export function sealEndpointStore(store: EndpointStore, codec: SecretCodec): SealedMethods {
  const opened = <R extends CreateResult<Endpoint> | ReplaceResult<Endpoint>>(result: R): R =>
    'record' in result ? { ...result, record: codec.openEndpoint(result.record) } : result;

  return {
    createEndpoint: async ({ endpoint, secrets, ...params }) => {
      const owner = { applicationId: endpoint.applicationId, endpointId: endpoint.id };
      return opened(
        await store.createEndpoint({
          ...params,
          endpoint: codec.sealEndpoint(endpoint),
          secrets: secrets.map((secret) => codec.sealSecret(secret, owner)),
        }),
      );
    },

    getEndpoint: async (params) => {
      const endpoint = await store.getEndpoint(params);
      return endpoint && codec.openEndpoint(endpoint);
    },

    listEndpoints: async (params) => {
      const page = await store.listEndpoints(params);
      return { ...page, items: page.items.map((endpoint) => codec.openEndpoint(endpoint)) };
    },

    replaceEndpoint: async ({ endpoint, ...params }) =>
      opened(await store.replaceEndpoint({ ...params, endpoint: codec.sealEndpoint(endpoint) })),

    getEndpointSecrets: async (params) => {
      const secrets = await store.getEndpointSecrets(params);
      return secrets?.map((secret) => codec.openSecret(secret, params));
    },

    replaceEndpointSecrets: async ({ expected, secrets, ...params }) => {
      for (let tries = 1; ; tries += 1) {
        const stored = await store.getEndpointSecrets(params);
        if (stored === undefined) return { outcome: 'not_found' };
        if (!areThese(stored, expected, { codec, owner: params })) return { outcome: 'version_mismatch' };
        const sealed = secrets.map((secret) => codec.sealSecret(secret, params));
        const result = await store.replaceEndpointSecrets({ ...params, expected: stored, secrets: sealed });
        if (result.outcome !== 'version_mismatch' || tries === maxTries) return result;
      }
    },

    loadRoutes: async (params) => {
      const routes = await store.loadRoutes(params);
      return routes && openRoutes(routes, codec);
    },
  };
}

/** Texts that are sealed differ each time, so they are compared by what is in them. */
function areThese(
  stored: readonly EndpointSecret[],
  expected: readonly EndpointSecret[],
  { codec, owner }: { readonly codec: SecretCodec; readonly owner: SecretOwner },
): boolean {
  const keys = new Set(stored.map((secret) => codec.openSecret(secret, owner).key));
  return stored.length === expected.length && expected.every(({ key }) => keys.has(key));
}

function openRoutes(routes: ApplicationRoutes, codec: SecretCodec): ApplicationRoutes {
  return { ...routes, endpoints: routes.endpoints.map((routed) => openRouted(routed, codec)) };
}

/** One endpoint whose secrets do not open keeps nobody else's deliveries waiting. */
function openRouted(routed: RoutedEndpoint, codec: SecretCodec): RoutedEndpoint {
  const { applicationId, id: endpointId } = routed.endpoint;
  try {
    return {
      ...routed,
      endpoint: codec.openEndpoint(routed.endpoint),
      secrets: routed.secrets.map((secret) => codec.openSecret(secret, { applicationId, endpointId })),
    };
  } catch (error) {
    if (!isPostriderError(error)) throw error;
    return { ...routed, endpoint: { ...routed.endpoint, headers: {} }, secrets: [], fault: error };
  }
}

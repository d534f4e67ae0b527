import { isPostriderError, type Endpoint, type Storage } from '@postrider/core';
import { sealedWith } from './seal.js';
import type { SecretCodec } from './secret-codec.js';

const pageSize = 250;
const maxTries = 10;

type SecretStore = Pick<
  Storage,
  | 'listEnvironments'
  | 'listApplications'
  | 'listEndpoints'
  | 'getEndpoint'
  | 'replaceEndpoint'
  | 'getEndpointSecrets'
  | 'replaceEndpointSecrets'
>;

/** How many stored values are sealed with which key; `plain` are not sealed. */
export type SecretCounts = Readonly<Record<string, number>>;

export interface ResealReport {
  readonly endpoints: number;
  /** Endpoints of which something was sealed anew. */
  readonly resealed: number;
  /** Endpoints with secrets that do not open: they were left as they are. */
  readonly unreadable: readonly string[];
}

interface WalkParams {
  /** The store itself, which shows what is kept and not what is in it. */
  readonly storage: SecretStore;
  readonly signal?: AbortSignal | undefined;
}

/** Seals everything anew that is not under the codec's first key. Others may read and write meanwhile. */
export async function resealAll(params: WalkParams & { readonly codec: SecretCodec }): Promise<ResealReport> {
  let endpoints = 0;
  let resealed = 0;
  const unreadable: string[] = [];
  for await (const endpoint of walkEndpoints(params)) {
    endpoints += 1;
    try {
      const changedHeaders = await resealHeaders(endpoint, params);
      const changedSecrets = await resealSecrets(endpoint, params);
      if (changedHeaders || changedSecrets) resealed += 1;
    } catch (error) {
      if (!isPostriderError(error, 'SECRET_UNREADABLE') && !isPostriderError(error, 'SECRET_KEY_MISSING')) throw error;
      unreadable.push(endpoint.id);
    }
  }
  return { endpoints, resealed, unreadable };
}

/** Counts the stored values by the key that they are sealed with. */
export async function countSecrets(params: WalkParams): Promise<SecretCounts> {
  const counts: Record<string, number> = {};
  for await (const endpoint of walkEndpoints(params)) {
    const secrets = (await params.storage.getEndpointSecrets(pathOf(endpoint))) ?? [];
    for (const stored of [...Object.values(endpoint.headers), ...secrets.map(({ key }) => key)]) {
      const key = sealedWith(stored) ?? 'plain';
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return counts;
}

function pathOf({ environmentId, applicationId, id }: Endpoint) {
  return { environmentId, applicationId, endpointId: id };
}

async function resealHeaders(
  found: Endpoint,
  { storage, codec }: WalkParams & { readonly codec: SecretCodec },
): Promise<boolean> {
  const { environmentId, applicationId, id } = found;
  let endpoint: Endpoint | undefined = found;
  for (let tries = 0; tries < maxTries && endpoint !== undefined; tries += 1) {
    const sealed = codec.resealEndpoint(endpoint);
    if (sealed === undefined) return false;
    const { outcome } = await storage.replaceEndpoint({ endpoint: { ...sealed, version: endpoint.version + 1 } });
    if (outcome === 'replaced') return true;
    endpoint = await storage.getEndpoint({ environmentId, applicationId, endpoint: { id } });
  }
  return false;
}

async function resealSecrets(
  endpoint: Endpoint,
  { storage, codec }: WalkParams & { readonly codec: SecretCodec },
): Promise<boolean> {
  const path = pathOf(endpoint);
  for (let tries = 0; tries < maxTries; tries += 1) {
    const stored = await storage.getEndpointSecrets(path);
    const sealed = stored && codec.resealSecrets(stored, path);
    if (stored === undefined || sealed === undefined) return false;
    const { outcome } = await storage.replaceEndpointSecrets({ ...path, expected: stored, secrets: sealed });
    if (outcome === 'replaced') return true;
  }
  return false;
}

async function* walkEndpoints({ storage, signal }: WalkParams): AsyncGenerator<Endpoint> {
  for (const { id: environmentId } of await storage.listEnvironments({})) {
    const applications = walk((page) => storage.listApplications({ environmentId, page }));
    for await (const { id: applicationId } of applications) {
      for await (const endpoint of walk((page) => storage.listEndpoints({ environmentId, applicationId, page }))) {
        signal?.throwIfAborted();
        yield endpoint;
      }
    }
  }
}

type ReadPage<T> = (page: {
  readonly limit: number;
  readonly order: 'ascending';
  readonly cursor?: { readonly key: string; readonly direction: 'forward' };
}) => Promise<{ readonly items: readonly T[]; readonly hasMore: boolean }>;

async function* walk<T extends { readonly id: string }>(read: ReadPage<T>): AsyncGenerator<T> {
  let after: string | undefined;
  for (;;) {
    const cursor = after === undefined ? {} : { cursor: { key: after, direction: 'forward' as const } };
    const { items, hasMore } = await read({ limit: pageSize, order: 'ascending', ...cursor });
    yield* items;
    after = items.at(-1)?.id;
    if (!hasMore || after === undefined) return;
  }
}

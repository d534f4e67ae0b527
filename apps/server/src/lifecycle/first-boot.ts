import type { ApiKey, Environment } from '@postrider/core';
import { generateApiKey, parseApiKey } from '../auth/api-key-format.js';
import { allScopes, instanceScope } from '../auth/scopes.js';
import type { HostPorts } from '../plugins/host-ports.js';

/**
 * Fixed, so that replicas that start at the same moment on an empty store agree on one environment and on one first
 * key: the store lets only one of them insert it, and only that one prints it.
 */
export const defaultEnvironmentId = `env_${'0'.repeat(27)}`;
const firstKeyId = 'first0000000';

export interface FirstBootParams {
  readonly ports: Pick<HostPorts, 'storage' | 'clock' | 'random' | 'logger'>;
  /** The configured key, if any. */
  readonly apiKey: string | undefined;
  /** Told a generated key, once in the life of the store: nobody can read it afterwards. */
  readonly announceKey: (key: string) => void;
}

/** Sees to it that there is an environment and a key to it. Does nothing that was done before. */
export async function prepareStore({ ports, apiKey, announceKey }: FirstBootParams): Promise<void> {
  const environment = await ensureEnvironment(ports);
  if (apiKey !== undefined) return seedKey(ports, environment, apiKey);
  const known = await ports.storage.listKeys({ environmentId: environment.id });
  if (known.length > 0) return;
  const generated = generateApiKey(ports.random, firstKeyId);
  const isNew = await ports.storage.createKey({
    key: toKey(ports, { environment, text: generated, name: 'First key' }),
  });
  if (isNew) announceKey(generated);
}

function ensureEnvironment({ storage, clock }: FirstBootParams['ports']): Promise<Environment> {
  const environment = { id: defaultEnvironmentId, name: 'default', createdAt: clock.now() };
  return storage.ensureEnvironment({ environment });
}

async function seedKey(ports: FirstBootParams['ports'], environment: Environment, text: string): Promise<void> {
  const key = toKey(ports, { environment, text, name: 'POSTRIDER_API_KEY' });
  if (await ports.storage.createKey({ key })) {
    ports.logger.info('The key of POSTRIDER_API_KEY was made known', { keyId: key.id });
    return;
  }
  const stored = await ports.storage.getKey({ keyId: key.id });
  if (stored !== undefined && stored.revokedAt === undefined && stored.hash === key.hash) return;
  ports.logger.warn('The key of POSTRIDER_API_KEY is not valid: it was revoked', { keyId: key.id });
}

function toKey(
  { clock }: Pick<FirstBootParams['ports'], 'clock'>,
  { environment, text, name }: { readonly environment: Environment; readonly text: string; readonly name: string },
): ApiKey {
  const parsed = parseApiKey(text);
  if (parsed === undefined) throw new Error('The configuration accepted a key that is none.');
  return { ...parsed, environmentId: environment.id, name, scopes: [allScopes, instanceScope], createdAt: clock.now() };
}

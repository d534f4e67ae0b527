import { Clock, Random, Storage, type ErasedWiring, type Logger, type PluginEntry } from '@postrider/core';
import { rotateSecrets } from './rotate-secrets.js';
import { sealEndpointStore } from './sealed-endpoint-store.js';
import { Vault, type VaultOptions } from './vault.js';

const randomDependency = 'postrider.server.secrets.random';
const clockDependency = 'postrider.server.secrets.clock';

/** The plugin, secrets sealed if it brings a storage: nothing above it sees a sealed text, nothing below an open one. */
export function sealStorage(entry: PluginEntry, options: VaultOptions): PluginEntry {
  const { plugin } = entry;
  if (!plugin.provides.some(({ id }) => id === Storage.id)) return entry;
  const requires = { ...plugin.requires, [randomDependency]: Random, [clockDependency]: Clock };
  const setup: typeof plugin.setup = (context) => {
    const wiring = plugin.setup(context);
    const random = context.deps[randomDependency] as Random;
    const clock = context.deps[clockDependency] as Clock;
    const vault = new Vault(options, { random, clock, logger: context.logger });
    return sealWiring(wiring, { vault, logger: context.logger });
  };
  return { ...entry, plugin: { ...plugin, requires, setup } };
}

function sealWiring(wiring: ErasedWiring, deps: { readonly vault: Vault; readonly logger: Logger }): ErasedWiring {
  const { vault } = deps;
  const storage = wiring.ports?.find(({ port }) => port.id === Storage.id)?.implementation as Storage;
  const stopped = new AbortController();
  let catchingUp = Promise.resolve();
  return {
    ...wiring,
    ports: wiring.ports?.map((binding) =>
      binding.port.id === Storage.id ? { ...binding, implementation: createSealedStorage(storage, vault) } : binding,
    ),
    start: async (context) => {
      await wiring.start?.(context);
      await vault.unlock(storage);
      // Nobody else can open such a store, so this process is the one to catch up with a new key.
      if (!storage.capabilities.multiProcess) catchingUp = catchUp(storage, { ...deps, signal: stopped.signal });
    },
    stop: async (context) => {
      stopped.abort();
      await catchingUp;
      await wiring.stop?.(context);
    },
  };
}

async function catchUp(
  storage: Storage,
  { vault, logger, signal }: { readonly vault: Vault; readonly logger: Logger; readonly signal: AbortSignal },
): Promise<void> {
  const { primary } = vault.ring;
  if (primary === undefined) return;
  try {
    const registered = await vault.registry(storage).list();
    if (registered.length === 1 && registered[0]?.isComplete === true) return;
    const { resealed, forgotten } = await rotateSecrets({ storage, vault, signal });
    logger.info('All secrets are sealed with the first key', { keyId: primary.id, resealed, forgotten });
  } catch (error) {
    if (signal.aborted) return;
    logger.warn('Not all secrets could be sealed with the first key; the next start tries again', { error });
  }
}

/** The storage itself but for what passes through the vault. */
export function createSealedStorage(storage: Storage, vault: Vault): Storage {
  const sealed = new Map<string | symbol, unknown>(Object.entries(sealEndpointStore(storage, vault.codec)));
  // Stores keep private fields, which are not the proxy's: methods are bound, each once, as some are on the hot path.
  const boundMethods = new WeakMap<object, unknown>();
  return new Proxy(storage, {
    get: (target, name) => {
      const replacement = sealed.get(name);
      if (replacement !== undefined) return replacement;
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (!boundMethods.has(value)) boundMethods.set(value, value.bind(target));
      return boundMethods.get(value);
    },
  });
}

import { bind, definePlugin, Storage, type PluginEntry } from '@postrider/core';
import { createMemoryStorage } from '@postrider/core/testing';
import { z } from 'zod';

/** A storage whose writes are counted, and that can be made to fail. */
export interface WatchedStorage {
  readonly storage: Storage;
  readonly entry: PluginEntry;
  /** Calls of methods that write what callers see. When a key was last used is not that. */
  readonly writes: string[];
  /** From now on every method rejects with this; `undefined` heals. */
  failWith(error: Error | undefined): void;
  /** The next `count` calls of the method wait for each other: all of them see the same state. */
  gather(method: string, count: number): void;
}

interface Gate {
  missing: number;
  readonly opened: PromiseWithResolvers<void>;
}

const writing = /^(create|replace|delete|append|apply|revoke|ensure)/;

/** The memory storage as a plugin. */
export function createWatchedStorage(): WatchedStorage {
  const real = createMemoryStorage();
  const writes: string[] = [];
  const gates = new Map<string, Gate>();
  let failure: Error | undefined;
  const storage = new Proxy(real, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (failure !== undefined) return name === 'health' ? unhealthy() : Promise.reject(failure);
        if (writing.test(String(name))) writes.push(String(name));
        const call = () => (value as (...given: unknown[]) => unknown).apply(target, args);
        const gate = gates.get(String(name));
        if (gate === undefined) return call();
        gate.missing -= 1;
        if (gate.missing === 0) {
          gates.delete(String(name));
          gate.opened.resolve();
        }
        return gate.opened.promise.then(call);
      };
    },
  });
  const plugin = definePlugin({
    name: '@postrider/test-storage',
    version: '0.0.0',
    api: '^1.0.0',
    config: z.strictObject({}),
    provides: [Storage],
    setup: () => ({
      ports: [bind(Storage, storage)],
      start: () => real.migrate({}),
      stop: () => real.close(),
    }),
  });
  return {
    storage: real,
    entry: { plugin },
    writes,
    failWith: (error) => void (failure = error),
    gather: (method, count) => void gates.set(method, { missing: count, opened: Promise.withResolvers() }),
  };
}

function unhealthy(): Promise<{ healthy: false; latencyMs: number; problem: string }> {
  return Promise.resolve({ healthy: false, latencyMs: 0, problem: 'made to fail' });
}

import { coreError, type Storage } from '@postrider/core';

type Method = Exclude<keyof Storage, 'capabilities'>;

export interface FaultyStorage {
  readonly storage: Storage;
  /** How often the method was called. */
  calls(method: Method): number;
  /** Runs before each call of the method; what it throws or awaits happens to the caller. `undefined` heals it. */
  before(method: Method, interfere: ((params: unknown) => unknown) | undefined): void;
  /** Runs after each call of the method, when its work is done; what it throws hides the result. */
  after(method: Method, interfere: ((params: unknown) => unknown) | undefined): void;
}

/** A store in trouble, as the adapters report it. */
export function unavailable(): Error {
  return coreError('STORAGE_UNAVAILABLE', 'The test took the store away.');
}

/** Stands before a real storage and lets a test interfere with its calls. */
export function createFaultyStorage(storage: Storage): FaultyStorage {
  const counts = new Map<string, number>();
  const before = new Map<string, (params: unknown) => unknown>();
  const after = new Map<string, (params: unknown) => unknown>();
  const put = (
    map: Map<string, (params: unknown) => unknown>,
    method: Method,
    interfere: ((params: unknown) => unknown) | undefined,
  ): void => {
    if (interfere === undefined) map.delete(method);
    else map.set(method, interfere);
  };
  return {
    calls: (method) => counts.get(method) ?? 0,
    before: (method, interfere) => put(before, method, interfere),
    after: (method, interfere) => put(after, method, interfere),
    storage: new Proxy(storage, {
      get: (target, name: keyof Storage): unknown => {
        const real = target[name];
        if (typeof real !== 'function') return real;
        return async (params: never) => {
          counts.set(name, (counts.get(name) ?? 0) + 1);
          await before.get(name)?.(params);
          const result: unknown = await (real as (params: never) => Promise<unknown>)(params);
          await after.get(name)?.(params);
          return result;
        };
      },
    }),
  };
}

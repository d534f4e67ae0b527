import type { Application } from '@postrider/core';

/** An application as caches keep it, which may hold JSON data only. */
export type CachedApplication = Omit<Application, 'createdAt' | 'updatedAt'> & {
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
};

export function toCachedApplication({ createdAt, updatedAt, ...rest }: Application): CachedApplication {
  return { ...rest, createdAtMs: createdAt.getTime(), updatedAtMs: updatedAt.getTime() };
}

/** `undefined` for what is no application: a cache outside of the process may answer anything. */
export function fromCachedApplication(cached: CachedApplication | undefined): Application | undefined {
  if (typeof cached?.id !== 'string' || !Number.isFinite(cached.createdAtMs)) return undefined;
  const { createdAtMs, updatedAtMs, ...rest } = cached;
  return { ...rest, createdAt: new Date(createdAtMs), updatedAt: new Date(updatedAtMs) };
}

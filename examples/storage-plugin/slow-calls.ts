import type { Clock, Logger, Storage } from '@postrider/core';

/** The storage itself, but for a line in the log for each call that took longer than `slowMs`, failed ones too. */
export function watchSlowCalls(
  storage: Storage,
  options: { readonly slowMs: number; readonly clock: Clock; readonly logger: Logger },
): Storage {
  const { slowMs, clock, logger } = options;
  return new Proxy(storage, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        const startedMs = clock.monotonicMs();
        const result: unknown = Reflect.apply(value, target, args);
        if (!(result instanceof Promise)) return result;
        return result.finally(() => {
          const tookMs = Math.round(clock.monotonicMs() - startedMs);
          if (tookMs >= slowMs) logger.warn('A call of the storage was slow', { method: String(name), tookMs });
        });
      };
    },
  });
}

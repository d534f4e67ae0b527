import type { Logger } from '../ports/logger.js';
import type { Wake } from '../ports/wake.js';

/**
 * Wake hints within this process. Listeners run in a microtask of their own, so `notify` is safe while holding state;
 * all hints of one synchronous stretch reach each listener as one.
 */
export function createLocalWake({ logger }: { readonly logger: Logger }): Wake {
  const listeners = new Set<{ readonly listener: () => void }>();
  let scheduled = false;

  const deliver = () => {
    scheduled = false;
    for (const subscription of [...listeners]) {
      if (!listeners.has(subscription)) continue;
      try {
        subscription.listener();
      } catch (error) {
        logger.error('A wake listener threw; the others were still told', { error });
      }
    }
  };

  return {
    notify: () => {
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(deliver);
    },
    subscribe: (listener) => {
      const subscription = { listener };
      listeners.add(subscription);
      return () => void listeners.delete(subscription);
    },
  };
}

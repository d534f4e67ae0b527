import type { Clock } from '../ports/clock.js';
import type { Hint, HintRelay } from '../ports/hint-relay.js';
import type { Invalidation, Invalidations } from '../ports/invalidations.js';
import type { Logger } from '../ports/logger.js';
import type { Wake } from '../ports/wake.js';
import { createLocalWake } from './local-wake.js';

/** The hints of a process, and the way to those of others. */
export interface HintHub {
  readonly wake: Wake;
  readonly invalidations: Invalidations;
  /** Exchanges hints by this relay from now on. Returns the function that ends it. */
  attach(relay: HintRelay): () => void;
}

/** Publishes may come by the thousand, and one hint in this time wakes the others as well. */
const workDueGapMs = 50;

/**
 * Builds the hub of a process; without a relay hints stay in it. What comes from a relay reaches the listeners here and
 * is not sent on, so that relays side by side do not echo each other.
 */
export function createHintHub({ clock, logger }: { readonly clock: Clock; readonly logger: Logger }): HintHub {
  const local = createLocalWake({ logger });
  const relays = new Set<HintRelay>();
  const listeners = new Set<{ readonly listener: (invalidation: Invalidation) => void }>();
  let mayAnnounceAtMs = Number.NEGATIVE_INFINITY;
  let isAnnouncementDue = false;

  const tell = (invalidation: Invalidation) => {
    for (const { listener } of [...listeners]) {
      try {
        listener(invalidation);
      } catch (error) {
        logger.error('A listener to invalidations threw; the others were still told', { error });
      }
    }
  };

  const send = (hint: Hint) => {
    for (const relay of relays) relay.send(hint);
  };

  const announceWork = () => {
    if (relays.size === 0 || isAnnouncementDue) return;
    const waitMs = mayAnnounceAtMs - clock.monotonicMs();
    const announce = () => {
      isAnnouncementDue = false;
      mayAnnounceAtMs = clock.monotonicMs() + workDueGapMs;
      send({ kind: 'work_due' });
    };
    if (waitMs <= 0) return announce();
    isAnnouncementDue = true;
    clock.setTimeout(announce, waitMs).unref();
  };

  return {
    wake: {
      notify: () => {
        local.notify();
        announceWork();
      },
      subscribe: (listener) => local.subscribe(listener),
    },
    invalidations: {
      publish: ({ tags }) => {
        tell({ kind: 'tags', tags });
        send({ kind: 'invalidated', tags });
      },
      subscribe: (listener) => {
        const subscription = { listener };
        listeners.add(subscription);
        return () => void listeners.delete(subscription);
      },
    },
    attach: (relay) => {
      relays.add(relay);
      const unsubscribe = relay.subscribe({
        received: (hint) => {
          if (hint.kind === 'work_due') local.notify();
          else tell({ kind: 'tags', tags: hint.tags });
        },
        connected: () => {
          tell({ kind: 'everything' });
          local.notify();
        },
      });
      return () => {
        relays.delete(relay);
        unsubscribe();
      };
    },
  };
}

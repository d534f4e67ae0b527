import type { DeliveryStats } from '../ports/delivery.js';

/** The counters of one engine, written by its parts. */
export type Counters = { -readonly [K in keyof DeliveryStats['counters']]: number };

export function createCounters(): Counters {
  return {
    published: 0,
    publishesRefused: 0,
    attempts: 0,
    delivered: 0,
    retried: 0,
    postponed: 0,
    deadLettered: 0,
    cancelled: 0,
    fenced: 0,
    leasesLost: 0,
    leasesReaped: 0,
    internalFaults: 0,
  };
}

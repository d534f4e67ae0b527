import { LRUCache } from 'lru-cache';

/** Faults of our own before a delivery is given up. */
const maxFaults = 5;
const rememberedDeliveries = 10_000;

/**
 * Counts faults of our own per delivery (a broken secret, a bug), so that a delivery which cannot be attempted does
 * not come back for ever. Kept in memory: another process counts anew.
 */
export class FaultBudget {
  readonly #faults = new LRUCache<string, number>({ max: rememberedDeliveries });

  /** Notes a fault. Returns how many the delivery has had, or `exhausted`. */
  spend(deliveryId: string): number | 'exhausted' {
    const faults = (this.#faults.get(deliveryId) ?? 0) + 1;
    if (faults >= maxFaults) {
      this.#faults.delete(deliveryId);
      return 'exhausted';
    }
    this.#faults.set(deliveryId, faults);
    return faults;
  }

  /** The delivery could be attempted after all. */
  clear(deliveryId: string): void {
    if (this.#faults.size > 0) this.#faults.delete(deliveryId);
  }
}

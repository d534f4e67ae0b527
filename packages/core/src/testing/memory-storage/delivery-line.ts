import type { DeliveryOrdering } from '../../domain/ordering.js';
import type { MemoryDatabase, StoredDelivery } from './memory-database.js';

/** The place of a delivery in a line. */
export interface LinePlace {
  readonly line: DeliveryLine;
  readonly onFailure: DeliveryOrdering['onFailure'];
}

/** The deliveries of one endpoint and key that have not left their line, in order. All but the first are held. */
export class DeliveryLine {
  readonly #standing = new Set<StoredDelivery>();

  get first(): StoredDelivery | undefined {
    const [first] = this.#standing;
    return first;
  }

  join(delivery: StoredDelivery): void {
    this.#standing.add(delivery);
  }

  leave(delivery: StoredDelivery): void {
    this.#standing.delete(delivery);
  }
}

/** Whether the delivery waits for another one of its line. */
export function isHeld(stored: StoredDelivery): boolean {
  return stored.place !== undefined && stored.place.line.first !== stored;
}

/** Takes a delivery out of its line; who is the first then need not wait any more. */
export function leaveLine(database: MemoryDatabase, stored: StoredDelivery): void {
  if (stored.place === undefined) return;
  const { line } = stored.place;
  const wasFirst = line.first === stored;
  line.leave(stored);
  stored.place = undefined;
  const { first } = line;
  if (wasFirst && first !== undefined) database.queueOf(first.row.endpointId).enqueue(first);
}

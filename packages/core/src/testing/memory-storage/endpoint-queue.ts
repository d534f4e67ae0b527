import { DueHeap } from './due-heap.js';
import type { StoredDelivery } from './memory-database.js';

interface Waiting {
  readonly delivery: StoredDelivery;
  readonly ticket: number;
}

/**
 * The unfinished deliveries of one endpoint. Those that wait stand in two heaps, first attempts and retries; an entry
 * whose ticket is not the delivery's newest is out of date and is dropped when it comes to the top.
 */
export class EndpointQueue {
  readonly pending = new Set<StoredDelivery>();
  readonly inFlight = new Set<StoredDelivery>();
  readonly #firstAttempts = new DueHeap<Waiting>();
  readonly #retries = new DueHeap<Waiting>();
  #lastTicket = 0;

  readonly endpointId: string;

  constructor(endpointId: string) {
    this.endpointId = endpointId;
  }

  /** Adds a pending delivery, or moves it after its `dueAt` changed. */
  enqueue(delivery: StoredDelivery): void {
    this.#lastTicket += 1;
    delivery.ticket = this.#lastTicket;
    this.inFlight.delete(delivery);
    this.pending.add(delivery);
    const heap = delivery.row.attemptCount === 0 ? this.#firstAttempts : this.#retries;
    heap.push({
      dueMs: delivery.row.dueAt.getTime(),
      id: delivery.row.id,
      item: { delivery, ticket: delivery.ticket },
    });
  }

  /** Adds a pending delivery that is not to be taken before it is enqueued. */
  hold(delivery: StoredDelivery): void {
    this.pending.add(delivery);
  }

  startFlight(delivery: StoredDelivery): void {
    this.pending.delete(delivery);
    this.inFlight.add(delivery);
  }

  /** Forgets a delivery that ended. */
  remove(delivery: StoredDelivery): void {
    this.pending.delete(delivery);
    this.inFlight.delete(delivery);
  }

  /** The next due delivery, taken off the queue: first attempts before retries, then the one due longest. */
  takeDue(nowMs: number, firstAttemptsOnly = false): StoredDelivery | undefined {
    return this.#take(this.#firstAttempts, nowMs) ?? (firstAttemptsOnly ? undefined : this.#take(this.#retries, nowMs));
  }

  #take(heap: DueHeap<Waiting>, nowMs: number): StoredDelivery | undefined {
    for (let top = heap.peek(); top !== undefined && top.dueMs <= nowMs; top = heap.peek()) {
      heap.pop();
      const { delivery, ticket } = top.item;
      if (delivery.ticket === ticket && this.pending.has(delivery)) return delivery;
    }
    return undefined;
  }
}

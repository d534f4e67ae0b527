import { definePort } from '../plugin/define-port.js';

/**
 * A *hint* that work is due, so that a worker need not wait for its next poll. Hints may be lost, doubled, late or
 * merged: correctness never depends on them. They may cross processes, depending on the adapter.
 */
export interface Wake {
  /** Tells every listener, soon and without waiting for them. Never throws; a hint that cannot be sent is dropped. */
  notify(): void;

  /**
   * Calls `listener` after each hint, hints in quick succession possibly merged. The listener must not throw.
   * Returns the function that ends the subscription (safe to call twice).
   */
  subscribe(listener: () => void): () => void;
}

/** The hints that work is due. */
export const Wake = definePort<Wake>({ id: 'postrider.wake', version: 1 });

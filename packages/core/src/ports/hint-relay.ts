import { defineExtensionPoint } from '../plugin/define-extension-point.js';

/** What processes of one installation tell each other, so that nobody need wait for a poll or for a TTL. */
export type Hint =
  /** Work is due: see `Wake`. */
  | { readonly kind: 'work_due' }
  /** What was cached under these tags is out of date: see `Invalidations`. */
  | { readonly kind: 'invalidated'; readonly tags: readonly string[] };

/** Who hears of hints from other processes. Neither function may throw. */
export interface HintListener {
  readonly received: (hint: Hint) => void;
  /** Hints may have been lost until now; from here on they come again. Also told when they come for the first time. */
  readonly connected: () => void;
}

/**
 * Carries hints to the other processes. Hints may be lost, doubled, late or out of order; whoever relies on them has a
 * poll or a TTL beneath. A relay notices by itself when its connection has died in silence, and connects anew.
 */
export interface HintRelay {
  /** Names the relay in logs and statistics, such as `postgres`. */
  readonly name: string;
  /** Whether hints of others arrive at present, as far as it knows. */
  readonly isConnected: boolean;
  /** Sends soon, to every process but this one. Never throws; what cannot be sent is dropped. */
  send(hint: Hint): void;
  /** Returns the function that ends the subscription (safe to call twice). */
  subscribe(listener: HintListener): () => void;
}

/** The ways from process to process; a host sends by all of them. */
export const hintRelays = defineExtensionPoint<HintRelay>({ id: 'postrider.hint_relays' });

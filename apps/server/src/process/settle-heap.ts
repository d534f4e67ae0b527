import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type CollectGarbage = (options: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void;

/**
 * Readies the heap for a long life, once, when everything is loaded. Takes some tens of milliseconds.
 *
 * - Gives what starting left behind back to the system. Loading modules fills the heap with garbage that an idle process
 *   never collects by itself: about a fifth of its resident memory.
 * - From then on V8 still collects garbage when little goes on, but as carefully as under load. To save memory it would
 *   also forget the shapes of objects that nobody holds at the moment, and with them the optimised code for requests
 *   and deliveries: after some quiet seconds the first ones would take up to a second (see decision 0027).
 */
export function settleHeap(): void {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as CollectGarbage;
  setFlagsFromString('--no-expose-gc');
  collectGarbage({ type: 'major', flavor: 'last-resort' });
  setFlagsFromString('--no-memory-reducer-favors-memory');
}

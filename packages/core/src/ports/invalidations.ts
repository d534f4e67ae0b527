import { definePort } from '../plugin/define-port.js';

/** What is out of date: what was cached under the tags, or anything, because hints of others may have been lost. */
export type Invalidation =
  { readonly kind: 'tags'; readonly tags: readonly string[] } | { readonly kind: 'everything' };

/**
 * Tells the caches of an installation what a write has made out of date. Those of this process hear of it before
 * `publish` returns; those of others soon, if a `HintRelay` connects them, and else not at all, so what is cached needs
 * a TTL that is short enough.
 */
export interface Invalidations {
  /** Call after the write has taken effect. Never throws. */
  publish(params: { readonly tags: readonly string[] }): void;

  /** The listener must not throw. Returns the function that ends the subscription (safe to call twice). */
  subscribe(listener: (invalidation: Invalidation) => void): () => void;
}

/** The invalidations of the host. */
export const Invalidations = definePort<Invalidations>({ id: 'postrider.invalidations', version: 1 });

/** The tag of everything that depends on an application or on one of its endpoints. */
export function applicationTag(applicationId: string): string {
  return `app:${applicationId}`;
}

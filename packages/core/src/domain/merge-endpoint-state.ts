import type { EndpointState } from './endpoint.js';

/**
 * What is to be known of an endpoint after `given` was written where `stored` was known. Workers write without having
 * read, so the one who knows less must not win: a lower generation is ignored, a higher one replaces all. Within a
 * generation the latest lesson counts, and a pause only becomes longer, as who did not hear of it cannot end it.
 */
export function mergeEndpointState(stored: EndpointState, given: EndpointState): EndpointState {
  const [known, generation] = [stored.generation ?? 0, given.generation ?? 0];
  if (generation !== known) return generation > known ? given : stored;
  const isLonger = (given.pausedUntil?.getTime() ?? 0) >= (stored.pausedUntil?.getTime() ?? 0);
  return isLonger ? given : { ...given, pausedUntil: stored.pausedUntil };
}

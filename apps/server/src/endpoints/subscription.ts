import { expungedPayload, matchesPayload, type Endpoint, type Message } from '@postrider/core';

/** Why an endpoint does not receive a message. */
export type UnmatchedReason = 'disabled' | 'event_type' | 'channels' | 'filtered';

/**
 * The rules of matching for one endpoint, in words: `undefined` when it receives the message. Without a payload, or
 * with one that was expunged, its filter is not asked.
 */
export function whyUnmatched(
  endpoint: Pick<Endpoint, 'disabled' | 'eventTypes' | 'channels' | 'filter'>,
  message: Pick<Message, 'eventType' | 'channels'> & { readonly payload?: string },
): UnmatchedReason | undefined {
  if (endpoint.disabled) return 'disabled';
  if (endpoint.eventTypes?.includes(message.eventType) === false) return 'event_type';
  if (endpoint.channels?.some((channel) => message.channels?.includes(channel)) === false) return 'channels';
  const { filter } = endpoint;
  const { payload } = message;
  if (filter === undefined || payload === undefined || payload === expungedPayload) return undefined;
  return matchesPayload(filter, JSON.parse(payload)) ? undefined : 'filtered';
}

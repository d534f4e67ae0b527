import type { Endpoint, Message } from '@postrider/core';

/** Why an endpoint does not receive a message. */
export type UnmatchedReason = 'disabled' | 'event_type' | 'channels';

/** The rules of matching for one endpoint, in words: `undefined` when it receives the message. */
export function whyUnmatched(
  endpoint: Pick<Endpoint, 'disabled' | 'eventTypes' | 'channels'>,
  message: Pick<Message, 'eventType' | 'channels'>,
): UnmatchedReason | undefined {
  if (endpoint.disabled) return 'disabled';
  if (endpoint.eventTypes?.includes(message.eventType) === false) return 'event_type';
  if (endpoint.channels?.some((channel) => message.channels?.includes(channel)) === false) return 'channels';
  return undefined;
}

import { z } from 'zod';
import type { DeliveryOutcome } from '@postrider/core';

const liveEvent = z.object({
  /** Unique; the same wherever and how often it is shown. */
  id: z.string().max(256),
  /** `attempt`, `delivery.ended`, or the type of an operational event. */
  type: z.string().max(64),
  appId: z.string().optional(),
  /** Plain data without secrets and without contents. */
  data: z.record(z.string(), z.unknown()),
});

/** Something that just happened, for people who watch. */
export type LiveEvent = z.output<typeof liveEvent>;

const eventPrefix = 'live:';
const wantedPrefix = 'live-wanted:';

/** Events travel as hints: whoever misses one finds it in the store. */
export function toEventTag(environmentId: string, event: LiveEvent): string {
  return `${eventPrefix}${environmentId}:${JSON.stringify(event)}`;
}

/** Somebody watches the environment. */
export function toWantedTag(environmentId: string): string {
  return `${wantedPrefix}${environmentId}`;
}

/** What a tag says, if it is one of these two. */
export function readTag(
  tag: string,
):
  | { readonly kind: 'event'; readonly environmentId: string; readonly event: LiveEvent }
  | { readonly kind: 'wanted'; readonly environmentId: string }
  | undefined {
  if (tag.startsWith(wantedPrefix)) return { kind: 'wanted', environmentId: tag.slice(wantedPrefix.length) };
  if (!tag.startsWith(eventPrefix)) return undefined;
  const end = tag.indexOf(':', eventPrefix.length);
  const event = parseEvent(tag.slice(end + 1));
  return event && { kind: 'event', environmentId: tag.slice(eventPrefix.length, end), event };
}

function parseEvent(text: string): LiveEvent | undefined {
  try {
    return liveEvent.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What an outcome looks like to those who watch: the attempt, and the end of the delivery if it was the last one. */
export function toLiveEvents({ lease, endpointId, eventType, attempt, next }: DeliveryOutcome): LiveEvent[] {
  const { applicationId: appId, messageId: msgId, deliveryId } = lease;
  const subject = { appId, msgId, endpointId, deliveryId, eventType };
  const events: LiveEvent[] = [];
  if (attempt !== undefined) {
    const { id, number, outcome, responseStatusCode, errorKind: error, durationMs, startedAt } = attempt;
    const made = { attemptId: id, number, outcome, responseStatusCode, error, durationMs: Math.round(durationMs) };
    events.push({ id, type: 'attempt', appId, data: { ...subject, ...made, timestamp: startedAt.toISOString() } });
  }
  if (next.status === 'pending') return events;
  const end = { status: next.status, reason: 'reason' in next ? next.reason : undefined };
  events.push({ id: `${deliveryId}.ended`, type: 'delivery.ended', appId, data: { ...subject, ...end } });
  return events;
}

import { validatePayload } from '@postrider/core';
import type { MessageDraft } from '@postrider/delivery';
import { ApiError, invalidAt } from '../http/api-error.js';
import { parseJsonBody } from '../http/json/parse-json-body.js';
import type { MessageLimits } from './message-limits.js';
import type { MessageIn } from './message.dto.js';

const payloadMember = new Set(['payload']);
const latestDelayMs = 30 * 24 * 60 * 60 * 1_000;

/** What the body says about a message, once the rules that its schema cannot express hold too. */
export function toMessageDraft(
  input: MessageIn,
  { limits, now }: { readonly limits: MessageLimits; readonly now: Date },
): MessageDraft {
  checkRetention(input, limits);
  const payload = readPayload(input);
  const verdict = validatePayload(Buffer.from(payload), { maxBytes: limits.payloadMaxBytes });
  if (!verdict.ok && verdict.code === 'payload_too_large') {
    throw new ApiError({ status: 413, code: 'payload_too_large', detail: verdict.message });
  }
  if (!verdict.ok) throw invalidAt(['body', 'payload'], verdict.message, verdict.code);
  return {
    eventType: input.eventType,
    payload,
    eventId: input.eventId ?? undefined,
    channels: input.channels ?? undefined,
    tags: input.tags ?? undefined,
    orderingKey: input.orderingKey ?? undefined,
    deliverAt: readDeliverAt(input.deliverAt ?? undefined, now),
  };
}

/** SDKs offer to send a finished text; it must be JSON too, because that is what receivers are told it is. */
function readPayload(input: MessageIn): string {
  const raw = input.transformationsParams?.rawPayload ?? undefined;
  if (raw === undefined) return input.payload.text;
  const loc = ['body', 'transformationsParams', 'rawPayload'];
  try {
    JSON.parse(raw);
  } catch {
    throw invalidAt(loc, 'Expected a JSON text.');
  }
  // Checked on its own before: a text that only fits into the wrapper is not JSON.
  const wrapped = parseJsonBody(Buffer.from(`{"payload":${raw}}`), payloadMember);
  if (wrapped.outcome !== 'parsed') throw invalidAt(loc, wrapped.detail);
  if (!raw.isWellFormed()) throw invalidAt(loc, 'Must not contain half of a surrogate pair.');
  return raw;
}

function readDeliverAt(deliverAt: Date | undefined, now: Date): Date | undefined {
  if (deliverAt === undefined || deliverAt <= now) return undefined;
  if (deliverAt.getTime() - now.getTime() <= latestDelayMs) return deliverAt;
  throw invalidAt(['body', 'deliverAt'], 'Must not be more than 30 days ahead.');
}

/** Messages are kept equally long, so a wish to forget one earlier is refused rather than ignored. */
function checkRetention(input: MessageIn, { retentionDays }: MessageLimits): void {
  const hours = input.payloadRetentionHours ?? (input.payloadRetentionPeriod ?? Infinity) * 24;
  if (hours >= retentionDays * 24) return;
  const field = input.payloadRetentionHours === undefined ? 'payloadRetentionPeriod' : 'payloadRetentionHours';
  throw invalidAt(
    ['body', field],
    `This server keeps messages for ${retentionDays} days; a shorter time is not supported.`,
  );
}

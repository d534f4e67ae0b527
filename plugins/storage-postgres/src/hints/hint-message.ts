import type { Hint } from '@postrider/core';
import { z } from 'zod';

/** The one channel of a database; what schema a message is about stands in it. */
export const hintChannel = 'postrider_hints';

/** PostgreSQL refuses payloads of 8 000 bytes and more. */
const maxPayloadBytes = 7_500;

const hintMessage = z.object({
  /** Names the sender, which is not told its own hints. */
  from: z.string(),
  schema: z.string(),
  kind: z.enum(['work_due', 'invalidated', 'heartbeat']),
  tags: z.array(z.string()).optional(),
});

/** What is sent as the payload of a NOTIFY. */
export type HintMessage = z.output<typeof hintMessage>;

/** `undefined` for what somebody else sends on the channel. */
export function parseHintMessage(payload: string | undefined): HintMessage | undefined {
  try {
    return hintMessage.safeParse(JSON.parse(payload ?? '')).data;
  } catch {
    return undefined;
  }
}

/** The payloads that say all of it, none too long to be sent. */
export function toPayloads(hint: Hint, sender: { readonly from: string; readonly schema: string }): string[] {
  if (hint.kind === 'work_due') return [JSON.stringify({ ...sender, kind: hint.kind })];
  const payload = JSON.stringify({ ...sender, kind: hint.kind, tags: hint.tags });
  if (Buffer.byteLength(payload) <= maxPayloadBytes) return [payload];
  // A tag too long to be sent alone is left to its TTL.
  if (hint.tags.length <= 1) return [];
  const half = Math.ceil(hint.tags.length / 2);
  return [hint.tags.slice(0, half), hint.tags.slice(half)].flatMap((tags) => toPayloads({ ...hint, tags }, sender));
}

import type { BreakerSnapshot } from '@postrider/resilience';
import { z } from 'zod';
import type { Pace } from '../dispatch/lane-guard.js';

/** What one endpoint taught us, as it is kept in `EndpointState.learned`. */
export interface Learned {
  readonly breaker?: BreakerSnapshot | undefined;
  /** Requests at once that it bore. */
  readonly limit: number;
  readonly pace: Pace;
  /** The pause beside this document is no wish of the receiver but one of ours: its lanes are full. */
  readonly rateHoldUntilMs?: number | undefined;
}

const count = z.number().int().nonnegative();
const instantMs = z.number();
const base = { generation: count, trips: count };
const buckets = z.array(z.tuple([count, count, count])).max(1_000);
const snapshot = z.discriminatedUnion('state', [
  z.object({
    ...base,
    state: z.literal('closed'),
    closedAtMs: instantMs,
    consecutiveFailures: count,
    lastResultAtMs: instantMs.optional(),
    window: z.object({ bucketMs: z.number().positive(), startedAtMs: instantMs, buckets }).optional(),
  }),
  z.object({ ...base, state: z.literal('open'), openUntilMs: instantMs }),
  z.object({
    ...base,
    state: z.literal('half_open'),
    successes: count,
    probesGranted: count,
    leaseUntilMs: instantMs.optional(),
  }),
  z.object({ ...base, state: z.enum(['isolated', 'disabled']) }),
]);
const document = z.object({
  version: z.literal(1),
  breaker: snapshot.optional(),
  limit: z.number().int().positive(),
  pace: z.enum(['quick', 'unknown', 'slow']),
  rateHoldUntilMs: instantMs.optional(),
});

/** The longest document that storages are asked to keep. */
const maxLength = 4_096;

/** The text to store. What a breaker counted is left out where it would make the text too long. */
export function encodeLearned(learned: Learned): string {
  const text = JSON.stringify({ version: 1, ...learned });
  if (text.length <= maxLength) return text;
  return JSON.stringify({ version: 1, ...learned, breaker: { ...learned.breaker, window: undefined } });
}

/** What a stored text says; `undefined` when it was written by another version, or is damaged. */
export function decodeLearned(text: string | undefined): Learned | undefined {
  if (text === undefined) return undefined;
  try {
    return document.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

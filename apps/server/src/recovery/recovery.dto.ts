import { z } from 'zod';
import { eventTypeName, identifier, instant, selection } from '../http/schemas/fields.js';

const range = { since: instant(), until: instant().nullish() };
const statusCodeClasses = new Set([0, 100, 200, 300, 400, 500]);

export const recoverIn = z.strictObject(range).meta({ id: 'RecoverIn' });
export const replayIn = z.strictObject(range).meta({ id: 'ReplayIn' });
export const bulkReplayIn = z
  .strictObject({
    ...range,
    eventTypes: selection(eventTypeName(), 500).nullish(),
    channel: identifier().nullish(),
    tag: identifier().nullish(),
    status: z.int().min(0).max(4).nullish(),
    statusCodeClass: z
      .int()
      .refine((value) => statusCodeClasses.has(value), { error: 'Expected 0, 100, 200, 300, 400 or 500.' })
      .nullish(),
  })
  .meta({ id: 'BulkReplayIn' });

export const endpointStatsQuery = z.object({ since: instant().optional(), until: instant().optional() });
export const endpointStatsOut = z
  .object({ success: z.int(), pending: z.int(), sending: z.int(), fail: z.int(), canceled: z.int() })
  .meta({ id: 'EndpointStats' });

export type RecoverIn = z.output<typeof recoverIn>;
export type BulkReplayIn = z.output<typeof bulkReplayIn>;

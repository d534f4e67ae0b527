import { z } from 'zod';
import { rawJson, withRawMembers } from '../http/json/raw-members.js';
import { eventTypeName, identifier, instant, instantOut, selection } from '../http/schemas/fields.js';

/** Body of a simulation: what would be published. */
export const simulationIn = withRawMembers(
  z
    .strictObject({
      appId: identifier().meta({ description: 'Id or uid of the application.' }),
      eventType: eventTypeName(),
      payload: rawJson().meta({ description: 'Any JSON, as it would be published.' }),
      channels: selection(identifier(), 100).nullish(),
      tags: selection(identifier(), 100).nullish(),
      deliverAt: instant().nullish(),
    })
    .meta({ id: 'SimulationIn' }),
  ['payload'],
);

const plannedAttempt = z
  .object({
    number: z.int(),
    at: instantOut(),
    delaySeconds: z.number().meta({ description: 'After the attempt before; of the first one, after now.' }),
  })
  .meta({ id: 'PlannedAttempt' });

const requestPreview = z
  .object({
    method: z.literal('POST'),
    url: z.string(),
    headers: z.record(z.string(), z.string()).meta({ description: 'With real signatures, as of `now`.' }),
    sensitive: z.array(z.string()).meta({ description: 'Names of custom headers whose values are not shown.' }),
    body: z.string(),
  })
  .meta({ id: 'RequestPreview' });

const simulatedEndpoint = z
  .object({
    endpointId: z.string(),
    url: z.string(),
    matches: z.boolean(),
    why: z.string().optional().meta({ description: 'Why it would not receive the message.' }),
    breaker: z.enum(['closed', 'open', 'half_open', 'isolated', 'disabled']).optional(),
    heldUntil: instantOut().optional().meta({ description: 'Until then its breaker holds everything back.' }),
    timeoutMs: z.int().optional().meta({ description: 'Deadline of one attempt.' }),
    attempts: z
      .array(plannedAttempt)
      .optional()
      .meta({ description: 'When attempts would be made if each one failed at once; real delays vary a little.' }),
    request: requestPreview.optional(),
  })
  .meta({ id: 'SimulatedEndpoint' });

export const simulationOut = z
  .object({
    now: instantOut(),
    appId: z.string(),
    eventType: z.string(),
    eventTypeState: z.enum(['known', 'archived', 'unknown']).meta({
      description: 'Messages of unknown event types are accepted; endpoints can only name known ones.',
    }),
    payloadBytes: z.int(),
    deliveries: z.int().meta({ description: 'How many endpoints would receive it.' }),
    endpoints: z.array(simulatedEndpoint),
  })
  .meta({ id: 'SimulationOut' });

export type SimulationIn = z.output<typeof simulationIn>;
export type SimulationOut = z.output<typeof simulationOut>;
export type SimulatedEndpoint = z.output<typeof simulatedEndpoint>;

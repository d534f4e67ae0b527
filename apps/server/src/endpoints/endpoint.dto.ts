import { z } from 'zod';
import {
  deliverySettingLimits,
  validateMaxInFlight,
  validatePayloadFilter,
  validateRetryScheduleMs,
  validateTimeoutMs,
  type Endpoint,
} from '@postrider/core';
import { listOf } from '../http/paging.js';
import {
  checkedBy,
  eventTypeName,
  identifier,
  instantOut,
  metadata,
  selection,
  text,
  throttleRate,
  uid,
} from '../http/schemas/fields.js';
import { pageParameters } from '../http/schemas/query.js';
import { withVersion } from '../requests/record-version.js';
import { customHeaders } from './endpoint-headers.js';

const url = text({ min: 1, max: 2_048 });
const description = text({ max: 1_024 });
const endpointUid = uid('ep_');
const eventTypes = selection(eventTypeName(), 500);
const channels = selection(identifier(), 100);
const { retries, retryDelayMs } = deliverySettingLimits;
// Its bounds are stated here, too, so that what is refused is told in seconds.
const retryDelay = z
  .number()
  .min(retryDelayMs.min / 1_000)
  .max(retryDelayMs.max / 1_000);
const retrySchedule = checkedBy(z.array(retryDelay).min(retries.min).max(retries.max), (seconds) =>
  validateRetryScheduleMs(seconds.map((delay) => delay * 1_000)),
).meta({ description: 'Delays before the second, third, … attempt, in seconds.' });
const timeoutMs = checkedBy(z.int(), validateTimeoutMs).meta({
  description: 'Deadline of one attempt, in milliseconds.',
});

const maxInFlight = checkedBy(z.int(), validateMaxInFlight).meta({
  description: 'Most requests under way at once.',
});

const orderingOut = z.object({ by: z.enum(['endpoint', 'key']), onFailure: z.enum(['block', 'continue']) });
const ordering = z
  .strictObject({
    by: z.enum(['endpoint', 'key']).meta({
      description: 'What is delivered one after the other: all messages, or those with the same `orderingKey`.',
    }),
    onFailure: z
      .enum(['block', 'continue'])
      .default('block')
      .meta({
        description:
          'Those behind a delivery that fails wait until it was delivered, dead-lettered or cancelled, or only until ' +
          'it was tried once.',
      }),
  })
  .meta({ description: 'Keeps deliveries in the order of their messages. Holds for messages published from then on.' });
/** See `PayloadFilter`. */
export const filter = checkedBy(z.record(z.string(), z.unknown()), validatePayloadFilter).meta({
  description:
    'Receive only messages whose payload passes: members by name, with values that are equal, a list of them, or ' +
    '`$eq $ne $in $nin $gt $gte $lt $lte $startsWith $endsWith $contains $exists`, joined by `$and $or $not`.',
  example: { data: { currency: ['EUR', 'USD'], amount: { $gte: 100 } } },
});

/** Fields of create and PUT. `filterTypes` and `rateLimit` are older names; `version` is accepted and ignored. */
const fields = {
  url,
  description: description.nullish(),
  uid: endpointUid.nullish(),
  disabled: z.boolean().nullish(),
  eventTypes: eventTypes.nullish(),
  filterTypes: eventTypes.nullish(),
  channels: channels.nullish(),
  throttleRate: throttleRate().nullish(),
  rateLimit: throttleRate().nullish(),
  metadata: metadata().nullish(),
  headers: customHeaders().nullish(),
  retrySchedule: retrySchedule.nullish(),
  timeoutMs: timeoutMs.nullish(),
  maxInFlight: maxInFlight.nullish(),
  ordering: ordering.nullish(),
  filter: filter.nullish(),
  version: z.int().nullish(),
};

/** Body of create. */
export const endpointIn = z
  .strictObject({ ...fields, secret: z.string().max(256).nullish() })
  .meta({ id: 'EndpointIn' });

/** Body of PUT: as create, but the secret has its own route. Headers that are left out stay; they have one, too. */
export const endpointUpsert = z.strictObject(fields).meta({ id: 'EndpointUpsertIn' });

/** Body of PATCH: what is absent stays, what is null is cleared. */
export const endpointPatch = z
  .strictObject({
    ...fields,
    url: url.optional(),
    description: description.optional(),
    disabled: z.boolean().optional(),
    metadata: metadata().optional(),
  })
  .meta({ id: 'EndpointPatch' });

/** What lists of a message's endpoints show, too. */
export const endpointCoreFields = {
  id: z.string(),
  uid: z.string().optional(),
  url: z.string(),
  description: z.string(),
  disabled: z.boolean(),
  disabledReason: z.enum(['manual', 'gone', 'failing']).optional(),
  eventTypes: z.array(z.string()).optional(),
  filterTypes: z.array(z.string()).optional(),
  channels: z.array(z.string()).optional(),
  throttleRate: z.int().optional(),
  rateLimit: z.int().optional(),
  retrySchedule: z.array(z.int()).optional(),
  timeoutMs: z.int().optional(),
  maxInFlight: z.int().optional(),
  ordering: orderingOut.optional(),
  filter: z.record(z.string(), z.unknown()).optional(),
  version: z.int(),
  createdAt: instantOut(),
  updatedAt: instantOut(),
};

export const endpointOut = z
  .object({ ...endpointCoreFields, metadata: z.record(z.string(), z.string()) })
  .meta({ id: 'EndpointOut' });

export const endpointList = listOf(endpointOut, 'ListResponseEndpointOut');
export const endpointQuery = z.object(pageParameters);

export type EndpointIn = z.output<typeof endpointIn>;
export type EndpointUpsert = z.output<typeof endpointUpsert>;
export type EndpointPatch = z.output<typeof endpointPatch>;
export type EndpointOut = z.output<typeof endpointOut>;

/** The fields that callers decide. */
export type EndpointFields = Omit<
  Endpoint,
  'id' | 'environmentId' | 'applicationId' | 'version' | 'createdAt' | 'updatedAt' | 'disabledReason'
>;

/** The fields that a body of create or PUT decides; what it leaves out is cleared, except `headers`. */
export function toEndpointFields(input: EndpointUpsert, headers: EndpointFields['headers']): EndpointFields {
  return {
    url: input.url,
    description: input.description ?? '',
    uid: input.uid ?? undefined,
    disabled: input.disabled ?? false,
    eventTypes: input.eventTypes ?? input.filterTypes ?? undefined,
    channels: input.channels ?? undefined,
    throttleRate: input.throttleRate ?? input.rateLimit ?? undefined,
    metadata: input.metadata ?? {},
    headers: input.headers ?? headers,
    retryScheduleMs: input.retrySchedule ?? undefined,
    timeoutMs: input.timeoutMs ?? undefined,
    maxInFlight: input.maxInFlight ?? undefined,
    ordering: input.ordering ?? undefined,
    filter: input.filter ?? undefined,
  };
}

/** The endpoint with the changes of a PATCH. */
export function patchEndpointFields(current: EndpointFields, patch: EndpointPatch): EndpointFields {
  const types = patch.eventTypes === undefined ? patch.filterTypes : patch.eventTypes;
  const rate = patch.throttleRate === undefined ? patch.rateLimit : patch.throttleRate;
  return {
    url: patch.url ?? current.url,
    description: patch.description ?? current.description,
    uid: changed(patch.uid, current.uid),
    disabled: patch.disabled ?? current.disabled,
    eventTypes: changed(types, current.eventTypes),
    channels: changed(patch.channels, current.channels),
    throttleRate: changed(rate, current.throttleRate),
    metadata: patch.metadata ?? current.metadata,
    headers: changed(patch.headers, current.headers) ?? {},
    retryScheduleMs: changed(patch.retrySchedule, current.retryScheduleMs),
    timeoutMs: changed(patch.timeoutMs, current.timeoutMs),
    maxInFlight: changed(patch.maxInFlight, current.maxInFlight),
    ordering: changed(patch.ordering, current.ordering),
    filter: changed(patch.filter, current.filter),
  };
}

/** In a PATCH, what is absent stays and null clears. */
function changed<T>(given: T | null | undefined, current: T | undefined): T | undefined {
  return given === undefined ? current : (given ?? undefined);
}

/** An endpoint without what only its own routes show (metadata, headers, secrets). */
export function toEndpointCoreOut(endpoint: Endpoint): Omit<EndpointOut, 'metadata'> {
  const types = endpoint.eventTypes && [...endpoint.eventTypes];
  return {
    id: endpoint.id,
    uid: endpoint.uid,
    url: endpoint.url,
    description: endpoint.description,
    disabled: endpoint.disabled,
    disabledReason: endpoint.disabledReason,
    eventTypes: types,
    filterTypes: types,
    channels: endpoint.channels && [...endpoint.channels],
    throttleRate: endpoint.throttleRate,
    rateLimit: endpoint.throttleRate,
    retrySchedule: endpoint.retryScheduleMs?.map((delayMs) => delayMs / 1_000),
    timeoutMs: endpoint.timeoutMs,
    maxInFlight: endpoint.maxInFlight,
    ordering: endpoint.ordering,
    filter: endpoint.filter && { ...endpoint.filter },
    version: endpoint.version,
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  };
}

export function toEndpointOut(endpoint: Endpoint): EndpointOut {
  return withVersion({ ...toEndpointCoreOut(endpoint), metadata: endpoint.metadata }, endpoint);
}

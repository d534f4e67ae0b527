import { z } from 'zod';
import type { Endpoint } from '@postrider/core';
import { customHeaders } from '../endpoints/endpoint-headers.js';
import type { EndpointIn, EndpointUpsert } from '../endpoints/endpoint.dto.js';
import { listOf } from '../http/paging.js';
import { instantOut, metadata, selection, text, throttleRate, uid } from '../http/schemas/fields.js';
import { operationalEventTypes } from '../operations/operational-events.js';
import { withVersion } from '../requests/record-version.js';

const eventTypes = selection(z.enum(operationalEventTypes), operationalEventTypes.length)
  .nullish()
  .meta({ description: 'Which events to be told of; all when absent.' });

/** `filterTypes` and `rateLimit` are older names. */
const fields = {
  url: text({ min: 1, max: 2_048 }),
  description: text({ max: 1_024 }).nullish(),
  uid: uid('ep_').nullish(),
  disabled: z.boolean().nullish(),
  eventTypes,
  filterTypes: eventTypes,
  throttleRate: throttleRate().nullish(),
  rateLimit: throttleRate().nullish(),
  metadata: metadata().nullish(),
  headers: customHeaders().nullish(),
};

export const operationalEndpointIn = z
  .strictObject({ ...fields, secret: z.string().max(256).nullish() })
  .meta({ id: 'OperationalWebhookEndpointIn' });
export const operationalEndpointUpdate = z.strictObject(fields).meta({ id: 'OperationalWebhookEndpointUpdate' });

export const operationalEndpointOut = z
  .object({
    id: z.string(),
    uid: z.string().optional(),
    url: z.string(),
    description: z.string(),
    disabled: z.boolean(),
    eventTypes: z.array(z.string()).optional(),
    filterTypes: z.array(z.string()).optional(),
    throttleRate: z.int().optional(),
    rateLimit: z.int().optional(),
    metadata: z.record(z.string(), z.string()),
    createdAt: instantOut(),
    updatedAt: instantOut(),
  })
  .meta({ id: 'OperationalWebhookEndpointOut' });
export const operationalEndpointList = listOf(operationalEndpointOut, 'ListResponseOperationalWebhookEndpointOut');

export type OperationalEndpointIn = z.output<typeof operationalEndpointIn>;
export type OperationalEndpointUpdate = z.output<typeof operationalEndpointUpdate>;
export type OperationalEndpointOut = z.output<typeof operationalEndpointOut>;

/** The endpoint that the body asks for, in the words of the endpoints of applications. */
export function toEndpointInput(input: OperationalEndpointIn | OperationalEndpointUpdate): EndpointIn & EndpointUpsert {
  const types = input.eventTypes ?? input.filterTypes;
  return { ...input, eventTypes: types && [...types], filterTypes: undefined };
}

export function toOperationalEndpointOut(endpoint: Endpoint): OperationalEndpointOut {
  const types = endpoint.eventTypes && [...endpoint.eventTypes];
  const answer = {
    id: endpoint.id,
    uid: endpoint.uid,
    url: endpoint.url,
    description: endpoint.description,
    disabled: endpoint.disabled,
    eventTypes: types,
    filterTypes: types,
    throttleRate: endpoint.throttleRate,
    rateLimit: endpoint.throttleRate,
    metadata: { ...endpoint.metadata },
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  };
  return withVersion(answer, endpoint);
}

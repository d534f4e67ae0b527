import { eventType, ids, payload, succeeded, times, uid, url, type ComponentExamples } from './values.js';

const metadata = { plan: 'business' };
const applicationIn = { name: 'Customer 42', uid, throttleRate: 100, metadata };
const application = {
  ...{ id: ids.application, ...applicationIn, rateLimit: 100 },
  ...{ createdAt: times.created, updatedAt: times.updated },
};
const settings = {
  url,
  description: 'Bookkeeping of customer 42',
  uid: 'bookkeeping',
  disabled: false,
  eventTypes: [eventType],
  channels: ['europe'],
  throttleRate: 20,
  retrySchedule: [5, 300, 1_800, 7_200],
  timeoutMs: 15_000,
  filter: { currency: ['EUR'], amount: { $gte: 10_000 } },
};
const endpoint = {
  ...{ id: ids.endpoint, ...settings, filterTypes: settings.eventTypes, rateLimit: settings.throttleRate },
  ...{ version: 3, createdAt: times.created, updatedAt: times.updated },
};
const headers = { 'x-customer': '42' };
const operational = { url: 'https://ops.example.com/postrider', description: 'On call', uid: 'on-call' };
const operationalIn = { ...operational, eventTypes: ['endpoint.disabled', 'message.dead_letter'] };
const schema = {
  type: 'object',
  required: ['invoiceId'],
  properties: { invoiceId: { type: 'string' }, amount: { type: 'integer' }, currency: { type: 'string' } },
  examples: [payload],
};
const described = { description: 'An invoice was paid in full.', schemas: { 1: schema }, groupName: 'invoices' };
const typed = { name: eventType, ...described, deprecated: false };
const typeOut = { ...typed, archived: false, createdAt: times.created, updatedAt: times.updated };

/** Applications, their endpoints, and what can be subscribed to. */
export const endpointExamples: ComponentExamples = {
  ApplicationIn: applicationIn,
  ApplicationPatch: { name: 'Customer 42 (Berlin)', throttleRate: null },
  ApplicationOut: application,
  EndpointIn: { ...settings, metadata, headers },
  EndpointUpsertIn: { ...settings, metadata, headers },
  EndpointPatch: { disabled: true, channels: null },
  EndpointOut: { ...endpoint, metadata },
  MessageEndpointOut: { ...endpoint, ...succeeded },
  EndpointSecretOut: { key: 'whsec_…' },
  EndpointSecretRotateIn: { gracePeriodSeconds: 86_400 },
  EndpointHeadersIn: { headers },
  EndpointHeadersPatchIn: { headers: { 'x-customer': '43' }, deleteHeaders: ['x-old'] },
  EndpointHeadersOut: { headers, sensitive: ['authorization'] },
  EndpointTransformationOut: { enabled: false, code: null },
  EndpointTransformationPatch: { enabled: false },
  EndpointStats: { success: 1_204, pending: 3, sending: 1, fail: 2, canceled: 0 },
  FilterPreviewIn: { filter: settings.filter, limit: 50 },
  FilterPreviewOut: {
    ...{ examined: 50, matched: 1 },
    messages: [{ id: ids.message, eventType, timestamp: times.published, matches: true }],
  },
  EventTypeIn: typed,
  EventTypeUpsertIn: described,
  EventTypePatch: { deprecated: true },
  EventTypeOut: typeOut,
  EventExampleIn: { eventType, exampleIndex: 0 },
  EventTypeImportOpenApiIn: {
    ...{ dryRun: true, replaceAll: false },
    spec: { openapi: '3.1.0', webhooks: { [eventType]: { post: { description: described.description } } } },
  },
  EventTypeImportOpenApiOut: {
    data: { modified: [], to_modify: [{ name: eventType, description: described.description, deprecated: false }] },
  },
  OpenApiDocument: {
    openapi: '3.1.0',
    webhooks: { [eventType]: { post: { requestBody: { content: { 'application/json': { schema } } } } } },
  },
  EnvironmentExportOut: {
    ...{ version: 1, createdAt: times.updated, eventTypes: [typeOut], connectors: [] },
    settings: { strictEventTypes: true, validatePayloads: true },
  },
  EnvironmentImportIn: { eventTypes: [typed], settings: { strictEventTypes: true } },
  OperationalWebhookEndpointIn: operationalIn,
  OperationalWebhookEndpointUpdate: operationalIn,
  OperationalWebhookEndpointOut: {
    ...{ id: ids.endpoint, ...operationalIn, filterTypes: operationalIn.eventTypes, disabled: false, metadata: {} },
    ...{ createdAt: times.created, updatedAt: times.updated },
  },
};

import { eventType, ids, payload, succeeded, times, uid, url, type ComponentExamples } from './values.js';

const content = { eventType, eventId: 'in_1042-paid', channels: ['europe'], tags: ['march'] };
const message = { id: ids.message, ...content, timestamp: times.published, payload };
const delivery = {
  ...{ id: ids.delivery, appId: ids.application, msgId: ids.message, endpointId: ids.endpoint, eventType },
  ...{ status: 'pending', trigger: 'scheduled', attempts: 1, lastStatusCode: 503 },
  ...{ nextAttempt: times.next, createdAt: times.published },
};
const { nextAttempt: _over, ...ended } = delivery;
const dead = { ...ended, status: 'dead_letter', reason: 'exhausted', attempts: 9, endedAt: times.until };
const range = { since: times.since, until: times.until };

/** Messages, what became of them, and how they are sent again. */
export const messageExamples: ComponentExamples = {
  MessageIn: { ...content, payload },
  MessageOut: message,
  MessagePrecheckIn: { eventType, channels: content.channels },
  MessagePrecheckOut: { active: true },
  BulkExpungeContentsIn: { ids: [ids.message] },
  BulkExpungeContentsOut: { results: { [ids.message]: 'expunged' } },
  MessageAttemptOut: {
    ...{ id: ids.attempt, msgId: ids.message, endpointId: ids.endpoint, url, ...succeeded },
    ...{ response: 'ok', responseStatusCode: 200, responseDurationMs: 84, triggerType: 0, timestamp: times.attempted },
  },
  EndpointMessageOut: { ...message, ...succeeded },
  EmptyResponse: {},
  MessageExplainOut: {
    endpoints: [{ endpointId: ids.endpoint, matches: true, deliveryId: ids.delivery, status: 'delivered' }],
  },
  PollingEndpointOut: { data: [message], iterator: 'ZjE6MTA0Mg', done: true },
  PollingEndpointConsumerSeekIn: { after: times.since },
  PollingEndpointConsumerSeekOut: { iterator: 'ZjE6MTA0Mg' },
  DeliveryOut: delivery,
  DeliveryDetailOut: {
    ...delivery,
    why: [
      { at: times.published, kind: 'matched', detail: `The endpoint subscribes to ${eventType}.` },
      { at: times.attempted, kind: 'attempt', detail: 'Attempt 1 was answered with 503.', attemptId: ids.attempt },
      { at: times.next, kind: 'waiting', detail: 'The next attempt is due then.' },
    ],
  },
  LedgerOut: { accepted: 1_210, delivered: 1_204, pending: 3, inFlight: 1, dead: 2, cancelled: 0 },
  DeadLetterGroups: {
    groups: [
      {
        ...{ reason: 'exhausted', appId: ids.application, endpointId: ids.endpoint, count: 2 },
        ...{ oldestId: ids.delivery, newestId: 'dlv_2xRkH2p6RcV9nYb3ZtMk8QwLsFd' },
      },
    ],
  },
  DeadLetterLine: { ...dead, message },
  DeadLetterReplayIn: { appId: uid, reason: 'exhausted', ...range, ratePerSecond: 50 },
  RecoverIn: range,
  ReplayIn: range,
  BulkReplayIn: { ...range, eventTypes: [eventType] },
  ReplayPlan: {
    ...{ wouldReplay: 2, scanned: 1_210, complete: true },
    endpoints: [{ appId: ids.application, endpointId: ids.endpoint, count: 2 }],
  },
  SimulationIn: { appId: uid, eventType, payload },
  SimulationOut: {
    ...{ now: times.published, appId: ids.application, eventType, eventTypeState: 'known' },
    ...{ payloadBytes: JSON.stringify(payload).length, deliveries: 1 },
    endpoints: [
      {
        ...{ endpointId: ids.endpoint, url, matches: true, breaker: 'closed', timeoutMs: 15_000 },
        attempts: [{ number: 1, at: times.published, delaySeconds: 0 }],
        request: {
          ...{ method: 'POST', url, sensitive: [] },
          headers: { 'content-type': 'application/json', 'webhook-id': ids.message },
          body: JSON.stringify(payload),
        },
      },
    ],
  },
};

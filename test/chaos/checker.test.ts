/** The judge is judged first: each lie that a broken platform could tell is planted, and must be found. */
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { check, type Evidence } from './src/checker.ts';
import type { DeliveryRow } from './src/ledger-rows.ts';
import { hashOf, type SeenRequest } from './src/receivers.ts';

const secret = `whsec_${Buffer.from('a secret of a test').toString('base64')}`;
const body = '{"number":1}';

function sign(key: string, content: string): string {
  return `v1,${createHmac('sha256', Buffer.from(key.slice(6), 'base64'))
    .update(content)
    .digest('base64')}`;
}

const request: SeenRequest = {
  endpointKey: 'e1',
  webhookId: 'msg_1',
  headers: { 'webhook-timestamp': '7', 'webhook-signature': sign(secret, `msg_1.7.${body}`) },
  body,
  bodyHash: hashOf(body),
  status: 204,
  atMs: 7_000,
};
const delivery: DeliveryRow = {
  id: 'dlv_1',
  messageId: 'msg_1',
  endpointId: 'ep_1',
  trigger: 'scheduled',
  status: 'delivered',
  reason: null,
  attemptCount: 1,
  endedAtMs: 7_010,
};
const truth: Evidence = {
  accepted: new Map([['msg_1', { messageId: 'msg_1', applicationId: 'app_1', bodyHash: hashOf(body) }]]),
  seen: [request],
  customers: [
    {
      applicationId: 'app_1',
      endpoints: [{ id: 'ep_1', key: 'e1', manners: 'good', secrets: [secret] }],
      toggledEndpointId: 'ep_2',
    },
  ],
  deliveries: [delivery],
  attempts: [{ messageId: 'msg_1', endpointId: 'ep_1', outcome: 'succeeded' }],
  endedEarlier: new Map([['dlv_1', delivery]]),
  apiStatuses: new Map([['msg_1', new Map([['ep_1', 0]])]]),
  peakResidentBytes: 1,
};

const broken = (evidence: Evidence): readonly string[] => check(evidence).map(({ invariant }) => invariant);
const twice = { ...truth, seen: [request, request] };

it('finds nothing where all is well', () => {
  expect(check(truth)).toEqual([]);
});

it.each<[string, string, Evidence]>([
  ['an accepted message without a delivery', 'no loss', { ...truth, deliveries: [], endedEarlier: new Map() }],
  [
    'a delivery that never ended',
    'no loss',
    { ...truth, deliveries: [{ ...delivery, status: 'pending' }], endedEarlier: new Map() },
  ],
  ['two deliveries of one message', 'no loss', { ...truth, deliveries: [delivery, { ...delivery, id: 'dlv_2' }] }],
  ['a request that nobody recorded', 'no silent request', { ...truth, attempts: [] }],
  ['a second request without a second attempt', 'no silent request', twice],
  [
    'a second success that was recorded',
    'no request after success',
    { ...twice, attempts: [...truth.attempts, ...truth.attempts] },
  ],
  ['an end that changed', 'ends are final', { ...truth, deliveries: [{ ...delivery, status: 'dead_letter' }] }],
  ['an end that disappeared', 'ends are final', { ...truth, deliveries: [] }],
  ['another body than was published', 'same bytes', { ...truth, seen: [{ ...request, bodyHash: hashOf('{}') }] }],
  [
    'a signature of another secret',
    'signed',
    { ...truth, seen: [{ ...request, headers: { ...request.headers, 'webhook-signature': sign('whsec_YQ==', 'x') } }] },
  ],
  ['a success that the receiver never confirmed', 'truthful', { ...truth, seen: [{ ...request, status: 500 }] }],
  ['an API that says otherwise', 'truthful', { ...truth, apiStatuses: new Map([['msg_1', new Map([['ep_1', 1]])]]) }],
  ['a server that eats all memory', 'bounded memory', { ...truth, peakResidentBytes: 2 ** 31 }],
])('finds %s', (_, invariant, evidence) => {
  expect(broken(evidence)).toContain(invariant);
});

it('lets an endpoint that was toggled miss a message', () => {
  const [customer] = truth.customers;
  const customers = customer === undefined ? [] : [{ ...customer, toggledEndpointId: 'ep_1' }];
  expect(check({ ...truth, customers, deliveries: [], seen: [], endedEarlier: new Map() })).toEqual([]);
});

it('lets a receiver succeed twice when we heard of it once', () => {
  const attempts = [...truth.attempts, { messageId: 'msg_1', endpointId: 'ep_1', outcome: 'unknown' }];
  expect(check({ ...twice, attempts })).toEqual([]);
});

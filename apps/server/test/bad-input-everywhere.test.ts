import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectRefusal, malformed, post, validation, type RefusedRequest } from './support/refused-request.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const url = 'https://hooks.example.com/in';
const ago = '2025-12-31T00:00:00Z';
const endpoint = '/app/known/endpoint';

/** Each of the bodies, sent to the path, breaks a rule. */
function rows(path: string, bodies: readonly unknown[], refusal = validation, method = 'POST'): RefusedRequest[] {
  return bodies.map((body) => ({
    ...post(path, body),
    method,
    title: `${method} ${path} ${JSON.stringify(body).slice(0, 60)}`,
    ...refusal,
  }));
}

const readOnly = { status: 422, code: 'read_only_property' };

/** What is nearly JSON, wherever it stands. */
const spellings = [
  '{"name":"a",}',
  "{'name':'a'}",
  '{name:"a"}',
  '{"name":"a"/* */}',
  '{"name":"a"} {}',
  '{"name":"a\u0001"}',
  '{"name":"a","throttleRate":NaN}',
  '{"name":"a","throttleRate":Infinity}',
  '{"name":"a","throttleRate":01}',
  '{"name":"a","throttleRate":1.}',
  '{"name":"\\x61"}',
  '{"name":"a","metadata":{"__proto__":"x"}}',
  '{"name":"a","n\\u0061me":"b"}',
];

const bodies: RefusedRequest[] = [
  ...rows('/app', spellings, malformed),
  ...rows('/app/known/msg', ['{"eventType":"a","payload":{"a":1,}}', '{"eventType":"a","payload":01}'], malformed),
  ...rows('/app/known/msg', [`{"eventType":"a","payload":${'['.repeat(65)}${']'.repeat(65)}}`]),
  ...rows('/app', [
    { name: 'a', metadata: { k: 1 } },
    { name: 'a', metadata: [] },
    { name: 'a', metadata: 'x' },
  ]),
  ...rows(endpoint, [
    ...[0, -1, 1e9, 1.5, '5'].map((throttleRate) => ({ url, throttleRate })),
    ...[0, -1, 1.5, '5', 1e9].map((maxInFlight) => ({ url, maxInFlight })),
    ...[{}, 'key', { by: 'time' }, { by: 'key', onFailure: 'stop' }].map((ordering) => ({ url, ordering })),
    ...['yes', 1].map((disabled) => ({ url, disabled })),
    ...[{ a: { $what: 1 } }, [], 'a'].map((filter) => ({ url, filter })),
    { url: 1 },
    { url: `https://hooks.example.com/${'x'.repeat(2_048)}` },
    {},
  ]),
  ...rows(
    endpoint,
    ['id', 'createdAt', 'updatedAt'].map((name) => ({ url, [name]: 'x' })),
    readOnly,
  ),
  ...rows(
    `${endpoint}/ep`,
    [{ timeoutMs: 0 }, { url: null }, { eventTypes: [] }, { retrySchedule: [] }],
    validation,
    'PATCH',
  ),
  ...rows(`${endpoint}/ep`, [{}, { url, channels: [] }], validation, 'PUT'),
  ...rows(`${endpoint}/ep/headers`, [{}, { headers: [] }, { headers: { a: 1 } }], validation, 'PUT'),
  ...rows(`${endpoint}/ep/recover`, [{}, { since: 'monday' }, { since: ago, until: 'now' }]),
  ...rows(`${endpoint}/ep/send-example`, [{}, { eventType: 'a..b' }, { eventType: 'a', exampleIndex: -1 }]),
  ...rows(`${endpoint}/ep/filter/preview`, [{ filter: 'a' }, { limit: 0 }]),
  ...rows('/app/known/msg/precheck/active', [{}, { eventType: 'a', channels: [] }]),
  ...rows('/keys', [
    {},
    { name: 'k', scopes: [] },
    { name: 'k', scopes: ['messages'] },
    { name: '', scopes: ['*'] },
    { name: 'k', scopes: ['*'], expiresAt: ago },
  ]),
  ...rows('/auth/app-portal-access/known', [{ expiry: 0 }, { expiry: 1e9 }, { capabilities: ['Everything'] }]),
  ...rows('/simulate', [{}, { appId: 'known', eventType: 'a' }, { appId: 'known', eventType: 'a..b', payload: 1 }]),
  ...rows('/dead-letters/replay', [
    {},
    { since: 'x' },
    { since: ago, reason: 'bad luck' },
    { since: ago, ratePerSecond: 0 },
  ]),
  ...rows('/stats/usage/app', [{}, { since: ago }, { since: ago, until: 'x' }]),
  ...rows('/operational-webhook/endpoint', [{}, { url, eventTypes: ['no.such'] }, { url, eventTypes: [] }]),
  ...rows('/cache/invalidate', [{}, { key: 1 }]),
];

const queries: RefusedRequest[] = [
  ...[
    '/deliveries',
    '/audit',
    '/keys',
    '/tasks',
    '/event-type',
    '/background-task',
    endpoint,
    '/app/known/msg',
  ].flatMap((path) => ['limit=0', 'limit=251', 'limit=1&limit=2', 'limit=1e1'].map((query) => `${path}?${query}`)),
  ...['status=lost', 'status=delivered%00', 'before=now', 'status_code_class=9', 'endpoint_id=a%27b'].map(
    (query) => `/deliveries?${query}`,
  ),
  ...['metric=x', 'metric=deliveries&from=x&to=y', ''].map((query) => `/analytics/timeseries?${query}`),
].map((path) => ({ path, title: `GET ${path}`, ...validation }));

const headers: RefusedRequest[] = [
  ...['application/xml', 'text/html'].map((accept) => ({
    ...{ path: '/app', headers: { accept }, title: `accepts ${accept}` },
    ...{ status: 406, code: 'not_acceptable' },
  })),
  ...['br', 'deflate', 'gzip, identity'].map((encoding) => ({
    ...post('/app', '{"name":"a"}', { 'content-encoding': encoding }),
    ...{ title: `encoded as ${encoding}`, status: 415, code: 'unsupported_encoding' },
  })),
  ...['', 'k'.repeat(256), 'clé'].map((key) => ({
    ...post('/app', { name: 'a' }, { 'idempotency-key': key }),
    ...{ title: `idempotency key ${key.slice(0, 10)}`, status: 400, code: 'invalid_idempotency_key' },
  })),
];

describe('bad input to any resource', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    await server.call({ path: '/app', body: { name: 'Known', uid: 'known' } });
    await server.call({ path: endpoint, body: { url, uid: 'ep' } });
  });
  afterAll(() => server.close());

  it.each([...bodies, ...queries, ...headers])('$title → $status $code', (row) => expectRefusal(server, row));
});

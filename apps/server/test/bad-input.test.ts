import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectRefusal,
  malformed,
  missing,
  post,
  validation,
  type RefusedRequest as Row,
} from './support/refused-request.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const url = 'https://hooks.example.com/in';
const id = (prefix: string) => `${prefix}${'1'.repeat(27)}`;

function endpointRows(field: string, values: readonly unknown[], code = 'validation'): Row[] {
  return values.map((value) => ({
    ...post('/app/known/endpoint', { url, [field]: value }),
    title: `endpoint ${field} ${JSON.stringify(value)?.slice(0, 40)}`,
    status: 422,
    code,
  }));
}

const messageRows: Row[] = [
  ...['', 'x'.repeat(257), 'a..b', '.a', 'a.', 'a b', 'é', 'a/b', '*', 'a\r\nb', 1, null].map((eventType) => ({
    ...post('/app/known/msg', { eventType, payload: {} }),
    title: `event type ${JSON.stringify(eventType)?.slice(0, 30)}`,
    ...validation,
  })),
  { ...post('/app/known/msg', { eventType: 'a' }), title: 'no payload', ...validation },
  {
    ...post('/app/known/msg', { eventType: 'a', payload: {}, eventId: 'msg_x' }),
    title: 'event id like ours',
    ...validation,
  },
  { ...post('/app/known/msg', { eventType: 'a', payload: {}, channels: [] }), title: 'empty channels', ...validation },
  { ...post('/app/known/msg', { eventType: 'a', payload: {}, tags: ['a b'] }), title: 'bad tag', ...validation },
  {
    ...post('/app/known/msg', { eventType: 'a', payload: {}, deliverAt: 'soon' }),
    title: 'deliverAt no date',
    ...validation,
  },
  {
    ...post('/app/known/msg', { eventType: 'a', payload: {}, deliverAt: '2027-01-01T00:00:00Z' }),
    title: 'deliverAt too late',
    ...validation,
  },
  {
    ...post('/app/known/msg', { eventType: 'a', payload: {}, payloadRetentionPeriod: 1 }),
    title: 'shorter retention',
    ...validation,
  },
  {
    ...post('/app/known/msg', { eventType: 'a', payload: {}, timestamp: 'x' }),
    title: 'read-only timestamp',
    status: 422,
    code: 'read_only_property',
  },
  ...['', 'k'.repeat(256), 'clé', 'a b'].map((key) => ({
    ...post('/app/known/msg', { eventType: 'a', payload: {} }, { 'idempotency-key': key }),
    title: `idempotency key ${JSON.stringify(key).slice(0, 20)}`,
    status: 400,
    code: 'invalid_idempotency_key',
  })),
];

const bodyRows: Row[] = [
  { ...post('/app', '{'), title: 'open brace', ...malformed },
  { ...post('/app', '{"name":"a"}x'), title: 'trailing garbage', ...malformed },
  { ...post('/app', Buffer.from('\uFEFF{"name":"a"}')), title: 'byte order mark', ...malformed },
  { ...post('/app', Buffer.from('{"name":"a"}', 'utf16le')), title: 'UTF-16', ...malformed },
  { ...post('/app', Buffer.from([0x22, 0xff, 0x22])), title: 'invalid UTF-8', ...malformed },
  { ...post('/app', '{"name":"a","name":"b"}'), title: 'duplicate key', ...malformed },
  { ...post('/app', '{"name":"a","metadata":{"k":"1","k":"2"}}'), title: 'nested duplicate key', ...malformed },
  {
    ...post('/app/known/msg', '{"eventType":"a","eventType":"b","payload":{}}'),
    title: 'duplicate key of a publish',
    ...malformed,
  },
  { ...post('/app', '{"name":"a","__proto__":{"x":1}}'), title: '__proto__', ...malformed },
  { ...post('/app', '{"name":"a","constructor":{"prototype":{}}}'), title: 'constructor.prototype', ...malformed },
  { ...post('/app', `{"name":"a","x":${'['.repeat(65)}${']'.repeat(65)}}`), title: 'too deep', ...validation },
  {
    ...post(
      '/app',
      `{${Array.from({ length: 10_001 }, (_, n) => `"${n.toString(36)}":1`).join()}}`
        .slice(0, 65_000)
        .replace(/,[^,]*$/, '}'),
    ),
    title: 'thousands of unknown keys',
    ...validation,
  },
  ...['null', '[]', '"x"', '1', ''].map((body) => ({ ...post('/app', body), title: `body ${body}`, ...validation })),
  {
    ...post('/app', `{"name":"${'x'.repeat(70_000)}"}`),
    title: 'more than 64 KiB',
    status: 413,
    code: 'payload_too_large',
  },
  ...['text/plain', 'application/json; charset=utf-16', 'application/x-www-form-urlencoded', 'json', ''].map(
    (type) => ({
      ...post('/app', '{"name":"a"}', { 'content-type': type }),
      title: `content type ${type}`,
      status: 415,
      code: 'unsupported_media_type',
    }),
  ),
  {
    ...post('/app', '{"name":"a"}', { 'content-encoding': 'gzip' }),
    title: 'gzip',
    status: 415,
    code: 'unsupported_encoding',
  },
  { path: '/app', headers: { accept: 'text/xml' }, title: 'accepts XML only', status: 406, code: 'not_acceptable' },
  { method: 'PATCH', path: '/app', title: 'wrong method', status: 405, code: 'method_not_allowed' },
  { method: 'DELETE', path: '/app/known/msg', title: 'wrong method below', status: 405, code: 'method_not_allowed' },
  { path: '/nothing', title: 'unknown route', ...missing },
  { path: '/APP', title: 'route in capitals', ...missing },
];

const fieldRows: Row[] = [
  ...[{}, { name: '' }, { name: 'x'.repeat(257) }, { name: 1 }, { name: 'a\0b' }].map((body) => ({
    ...post('/app', body),
    title: `application ${JSON.stringify(body).slice(0, 30)}`,
    ...validation,
  })),
  { ...post('/app', '{"name":"\\ud800"}'), title: 'half a surrogate pair', ...validation },
  ...['app_x', 'a b', '', 'x'.repeat(257), 'ü'].map((uid) => ({
    ...post('/app', { name: 'a', uid }),
    title: `uid ${JSON.stringify(uid).slice(0, 20)}`,
    ...validation,
  })),
  ...[0, -1, 1e9, 1.5, '5'].map((throttleRate) => ({
    ...post('/app', { name: 'a', throttleRate }),
    title: `throttle rate ${JSON.stringify(throttleRate)}`,
    ...validation,
  })),
  ...['id', 'createdAt', 'updatedAt', 'status'].map((name) => ({
    ...post('/app', { name: 'a', [name]: 'x' }),
    title: `read-only ${name}`,
    status: 422,
    code: 'read_only_property',
  })),
  { ...post('/app', { name: 'a', tenantid: 1 }), title: 'unknown field', ...validation },
  { method: 'PATCH', path: '/app/known', body: { name: null }, title: 'name cannot be cleared', ...validation },
  { ...post('/event-type', { name: 'a..b', description: '' }), title: 'event type name', ...validation },
  { ...post('/event-type', { name: 'a' }), title: 'event type without description', ...validation },
  { ...post('/event-type', { name: 'a', description: '', schemas: [] }), title: 'schemas as a list', ...validation },
  ...endpointRows('eventTypes', [[], ['a..b'], 'a', [1]]),
  ...endpointRows('channels', [[], ['a b']]),
  ...endpointRows('retrySchedule', [[], [0], [-1], [1e12], Array.from({ length: 21 }, () => 1), ['5'], [0.5]]),
  ...endpointRows('timeoutMs', [0, 61, '20000', 60_001, 59_000]),
  ...endpointRows('description', ['x'.repeat(1_025)]),
  ...endpointRows('secret', [
    '',
    'whsec_',
    'whsec_AAAA',
    'not base64!',
    `whsec_${'A'.repeat(100)}`,
    `whsk_${'A'.repeat(43)}=`,
  ]),
  ...endpointRows('disabledReason', ['gone']),
  ...endpointRows(
    'headers',
    ['Host', 'webhook-id', 'svix-id', 'X y', '', 'a\r\nb', 'Content-Length', 'cookie'].map((name) => ({ [name]: 'v' })),
    'forbidden_header',
  ),
  ...endpointRows(
    'headers',
    ['a\r\nb', 'a\nb', 'a\0', '😀', 'x'.repeat(4_097)].map((value) => ({ 'x-a': value })),
    'invalid_header',
  ),
  ...(
    [
      ['http://127.0.0.1/', 'E_ADDR'],
      ['http://169.254.169.254/', 'E_ADDR'],
      ['http://[::ffff:7f00:1]/', 'E_ADDR'],
      ['http://0x7f.1/', 'E_ADDR'],
      ['http://localhost/', 'E_HOST'],
      ['http://metadata/', 'E_HOST'],
      ['http://user:pass@hooks.example.com/', 'E_USERINFO'],
      ['ftp://hooks.example.com/', 'E_SCHEME'],
      ['http://hooks.example.com:22/', 'E_PORT'],
      ['http:/127.0.0.1/', 'E_SYNTAX'],
      ['//127.0.0.1/', 'E_SYNTAX'],
    ] as const
  ).map(([bad, code]) => ({ ...post('/app/known/endpoint', { url: bad }), title: `url ${bad}`, status: 422, code })),
  { ...post('/app/known/endpoint', { url: '' }), title: 'empty url', ...validation },
  {
    ...post('/app/known/endpoint/ep/secret/rotate', { gracePeriodSeconds: 604_801 }),
    title: 'grace period too long',
    ...validation,
  },
];

const pathRows: Row[] = [
  ...[id('app_'), 'nobody', 'app_short', id('ep_'), '..%2f..', '%00', 'x'.repeat(500), '%F0%9F%98%80', 'a%20b'].map(
    (name) => ({
      path: `/app/${name}`,
      title: `application ${name.slice(0, 30)}`,
      ...missing,
    }),
  ),
  { path: `/app/${'x'.repeat(10_240)}`, title: 'a name of 10 KiB', ...missing },
  { path: '/app/%zz', title: 'bad percent-encoding', status: 400, code: 'bad_request' },
  { path: `/app/known/endpoint/${id('msg_')}`, title: 'a message id as endpoint', ...missing },
  { path: `/app/known/msg/${id('ep_')}`, title: 'an endpoint id as message', ...missing },
  { path: `/app/known/msg/${id('msg_')}/attempt/${id('atmpt_')}`, title: 'attempt of an unknown message', ...missing },
  { path: `/app/known/attempt/endpoint/${id('ep_')}`, title: 'attempts of an unknown endpoint', ...missing },
  { path: '/event-type/a..b', title: 'event type that cannot be', ...missing },
  { method: 'PUT', path: '/event-type/a..b', body: { description: '' }, title: 'PUT of such a name', ...missing },
  { ...post(`/app/known/msg/${id('msg_')}/endpoint/ep/resend`, ''), title: 'resend of an unknown message', ...missing },
  ...['limit=0', 'limit=-1', 'limit=251', 'limit=abc', 'limit=1&limit=2', 'limit=', 'order=sideways'].map((query) => ({
    path: `/app?${query}`,
    title: query,
    ...validation,
  })),
  ...['garbage', '%00', 'x'.repeat(3_000), 'ZjEuYQ'].map((iterator) => ({
    path: `/app?iterator=${iterator}`,
    title: `iterator ${iterator.slice(0, 10)}`,
    status: 422,
    code: iterator.length > 2_048 ? 'validation' : 'invalid_iterator',
  })),
  ...['channel=a%20b', 'before=yesterday', 'with_content=maybe', 'event_types=a%20b'].map((query) => ({
    path: `/app/known/msg?${query}`,
    title: query,
    ...validation,
  })),
  ...['status=5', 'status_code_class=250', 'status_code_class=-1'].map((query) => ({
    path: `/app/known/attempt/endpoint/ep?${query}`,
    title: query,
    ...validation,
  })),
];

describe('bad input', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    await server.call({ path: '/app', body: { name: 'Known', uid: 'known' } });
    await server.call({ path: '/app/known/endpoint', body: { url, uid: 'ep' } });
  });
  afterAll(() => server.close());

  it.each([...bodyRows, ...fieldRows, ...messageRows, ...pathRows])('$title → $status $code', async (row) => {
    await expectRefusal(server, row);
  });

  it('names the place of every broken rule', async () => {
    const { body } = await server.call({
      path: '/app/known/endpoint',
      body: { url: 1, channels: [], headers: { host: 'x' } },
    });
    expect((body['detail'] as { loc: unknown }[]).map(({ loc }) => loc)).toEqual([
      ['body', 'url'],
      ['body', 'channels'],
      ['body', 'headers'],
    ]);
  });

  it('refuses the iterator of another list, of another filter and of another application', async () => {
    await server.call({ path: '/app', body: { name: 'Second', uid: 'second' } });
    await server.call({ path: '/app/known/msg', body: { eventType: 'a', payload: {}, tags: ['t'] } });
    const { body } = await server.call({ path: '/app/known/msg?tag=t' });
    const iterator = String(body['iterator']);
    for (const path of ['/app?', '/app/known/msg?', '/app/known/msg?tag=u&', '/app/second/msg?tag=t&']) {
      expect((await server.call({ path: `${path}iterator=${iterator}` })).status).toBe(422);
    }
    expect((await server.call({ path: `/app/known/msg?tag=t&iterator=${iterator}` })).status).toBe(200);
  });

  it('says which methods a path allows', async () => {
    const answer = await server.call({ method: 'PUT', path: '/app/known/endpoint' });
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' } });
  });

  it('answers with the request id that it was given, when that is one', async () => {
    const given = await server.call({ path: '/nothing', headers: { 'x-request-id': 'abc-1' } });
    expect(given.body['requestId']).toBe('abc-1');
    const bad = await server.call({ path: '/nothing', headers: { 'x-request-id': 'a b' } });
    expect(bad.body['requestId']).not.toBe('a b');
  });
});

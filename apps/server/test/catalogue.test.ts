import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.js';

const orderPaid = {
  post: {
    description: 'An order was paid',
    deprecated: true,
    'x-svix-group-name': 'orders',
    'x-svix-feature-flags': ['beta'],
    requestBody: { $ref: '#/components/requestBodies/Order' },
  },
};
const document = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  webhooks: { 'order.paid': orderPaid, 'order.gone': { $ref: '#/components/pathItems/Gone' } },
  components: {
    pathItems: { Gone: { post: { summary: 'Gone' } } },
    requestBodies: { Order: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } } },
    schemas: {
      Order: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'integer' }, part: { $ref: '#/components/schemas/a~1b' } },
      },
      'a/b': { properties: { of: { $ref: '#/components/schemas/Order' } } },
      Unused: {},
    },
  },
};

describe('the catalogue of event types', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    await server.call({ path: '/app', body: { name: 'Shop', uid: 'shop' } });
  });
  beforeEach(() => {
    server.watched.writes.length = 0;
  });
  afterAll(() => server.close());

  const importOpenApi = (body: unknown, key?: string) =>
    server.call({ path: '/event-type/import/openapi', body, ...(key !== undefined && { key }) });
  const names = async (query = '') =>
    ((await server.call({ path: `/event-type${query}` })).body['data'] as { name: string }[]).map(({ name }) => name);

  it('comes from the webhooks of an OpenAPI document, with all that their schemas refer to', async () => {
    const tried = await importOpenApi({ spec: document, dryRun: true });
    expect(tried).toMatchObject({ status: 200, body: { data: { modified: ['order.paid', 'order.gone'] } } });
    expect((tried.body['data'] as { to_modify: object[] }).to_modify).toHaveLength(2);
    expect(server.watched.writes.filter((write) => write.includes('EventType'))).toEqual([]);

    expect((await importOpenApi({ spec: document })).body).toEqual({
      data: { modified: ['order.paid', 'order.gone'] },
    });
    const { body } = await server.call({ path: '/event-type/order.paid' });
    expect(body).toMatchObject({
      description: 'An order was paid',
      deprecated: true,
      groupName: 'orders',
      featureFlags: ['beta'],
      schemas: { '1': { $ref: '#/$defs/Order', $defs: { Order: { required: ['id'] }, 'a/b': {} } } },
    });
    expect((await server.call({ path: '/event-type/order.gone' })).body).toMatchObject({ description: 'Gone' });
    const publish = (payload: unknown) =>
      server.call({ path: '/app/shop/msg', body: { eventType: 'order.paid', payload } });
    expect((await publish({ id: 1, part: { of: { id: 2 } } })).status).toBe(202);
    expect((await publish({ id: 1, part: { of: { id: 'x' } } })).body['detail']).toMatchObject([
      { loc: ['body', 'payload', 'part', 'of', 'id'] },
    ]);
    expect((await importOpenApi({ spec: document })).body).toEqual({ data: { modified: [] } });
  });

  it('is described by the document that it came from', async () => {
    const described = await server.call({ path: '/environment/openapi.json' });
    expect(Object.keys(described.body['webhooks'] as object)).toEqual(['order.gone', 'order.paid']);
    expect(described.body['paths']).toHaveProperty(['/api/v1/app']);
    const made = await server.call({ path: '/environments', body: { name: 'Copy' } });
    const { key } = made.body['key'] as { key: string };
    expect((await importOpenApi({ spec: described.body }, key)).body).toEqual({
      data: { modified: ['order.gone', 'order.paid'] },
    });
    expect((await importOpenApi({ spec: described.body }, key)).body).toEqual({ data: { modified: [] } });
  });

  it('comes from YAML, and what the document does not have is archived when that is wished', async () => {
    const specRaw = 'openapi: 3.0.0\nx-webhooks:\n  user.new:\n    post:\n      description: New\n';
    expect((await importOpenApi({ specRaw, replaceAll: true })).body).toEqual({
      data: { modified: ['user.new', 'order.gone', 'order.paid'] },
    });
    expect(await names()).toEqual(['user.new']);
    expect(await names('?include_archived=true')).toEqual(['order.gone', 'order.paid', 'user.new']);
  });

  const bomb = `a: &a [${'x,'.repeat(9)}x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, n) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefg'[n] ?? 'a'}`).join()}]`).join('\n')}`;

  it.each([
    ['neither form', {}, ['spec']],
    ['both forms', { spec: {}, specRaw: '{}' }, ['specRaw']],
    ['no object', { spec: [] }, ['spec']],
    ['no YAML', { specRaw: 'a: [' }, ['specRaw']],
    ['aliases upon aliases', { specRaw: bomb }, ['specRaw']],
    ['a circle', { specRaw: 'a: &a\n  b: *a\n' }, ['specRaw']],
    ['a bad name', { spec: { webhooks: { 'a..b': { post: {} } } } }, ['spec', 'webhooks', 'a..b', 'name']],
    [
      'a hostile schema',
      {
        spec: {
          webhooks: {
            ok: { post: {} },
            bad: {
              post: { requestBody: { content: { 'application/json': { schema: { $ref: 'https://example.com/x' } } } } },
            },
          },
        },
      },
      ['spec', 'webhooks', 'bad', 'schemas', '1', '$ref'],
    ],
    [
      'a missing component',
      {
        spec: {
          webhooks: {
            bad: {
              post: {
                requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/No' } } } },
              },
            },
          },
        },
      },
      ['spec', 'webhooks', 'bad', 'schemas', '1', '$ref'],
    ],
  ])('is refused whole with %s, naming the place', async (_, body, place) => {
    const answer = await importOpenApi(body);
    expect(answer).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', ...place] }] } });
    expect(server.watched.writes.filter((write) => write.includes('EventType'))).toEqual([]);
  });

  it('is exported with the settings, and brought into another environment', async () => {
    await server.call({ method: 'PATCH', path: '/environment/settings', body: { strictEventTypes: true } });
    const exported = await server.call({ method: 'POST', path: '/environment/export' });
    expect(exported).toMatchObject({
      status: 200,
      body: { version: 1, connectors: [], settings: { strictEventTypes: true } },
    });
    const made = await server.call({ path: '/environments', body: { name: 'Other' } });
    const { key } = made.body['key'] as { key: string };
    expect((await server.call({ path: '/environment/import', body: exported.body, key })).status).toBe(204);
    const again = await server.call({ method: 'POST', path: '/environment/export', key });
    const shown = (body: Record<string, unknown>) => ({
      settings: body['settings'],
      eventTypes: (body['eventTypes'] as object[]).map((item) => ({ ...item, createdAt: 0, updatedAt: 0 })),
    });
    expect(shown(again.body)).toEqual(shown(exported.body));
    expect((again.body['eventTypes'] as object[]).length).toBe(3);
    expect((await server.call({ path: '/environment/import', body: {}, key })).status).toBe(204);
    for (const [body, place] of [
      [{ connectors: [{}] }, ['connectors']],
      [{ eventTypes: {} }, ['eventTypes']],
      [{ eventTypes: [{ name: 'a', description: '' }, { name: 'b' }] }, ['eventTypes', 1, 'description']],
    ] as const) {
      const refused = await server.call({ path: '/environment/import', body, key });
      expect(refused).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', ...place] }] } });
    }
  });
});

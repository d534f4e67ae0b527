import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachStorage, type StoredServer } from './support/each-storage.js';

const order = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer' }, lines: { items: { properties: { sku: { type: 'string' } } } } },
};

describe.each(eachStorage)('payload schemas on $name', ({ start }) => {
  let server: StoredServer;
  beforeAll(async () => {
    server = await start();
    await server.call({ path: '/app', body: { name: 'Shop', uid: 'shop' } });
    const types = { order: { '9': { not: {} }, '10': order }, free: undefined };
    for (const [name, schemas] of Object.entries(types)) {
      await server.call({ path: '/event-type', body: { name, description: '', schemas } });
    }
  });
  afterAll(() => server.close());

  const publish = (eventType: string, payload: unknown) =>
    server.call({ path: '/app/shop/msg', body: { eventType, payload } });
  const settings = (change: object) => server.call({ method: 'PATCH', path: '/environment/settings', body: change });

  it('the latest one decides; a payload that breaks it is refused with its place, and not stored', async () => {
    expect(await publish('order', { id: 1, lines: [{ sku: 'x' }] })).toMatchObject({ status: 202 });
    const wrong = await publish('order', { id: 1, lines: [{ sku: 'x' }, { sku: 2 }] });
    expect(wrong).toMatchObject({
      status: 422,
      body: {
        code: 'payload_schema',
        detail: [
          {
            loc: ['body', 'payload', 'lines', 1, 'sku'],
            msg: 'lines.1.sku must be string.',
            type: 'payload_schema',
          },
        ],
      },
    });
    expect((await publish('order', {})).body['detail']).toMatchObject([{ loc: ['body', 'payload', 'id'] }]);
    expect((await publish('order', [])).body['detail']).toMatchObject([
      { loc: ['body', 'payload'], msg: 'The payload must be object.' },
    ]);
    expect((await server.call({ path: '/app/shop/msg' })).body['data']).toHaveLength(1);
    expect((await publish('free', { anything: true })).status).toBe(202);
    expect((await publish('unknown', {})).status).toBe(202);
  });

  it('a change holds for the next message', async () => {
    const change = (schemas: unknown) => server.call({ method: 'PATCH', path: '/event-type/order', body: { schemas } });
    await change({ '10': order, '11': { type: 'array' } });
    expect([(await publish('order', { id: 1 })).status, (await publish('order', [])).status]).toEqual([422, 202]);
    await change(null);
    expect((await publish('order', { id: 'x' })).status).toBe(202);
    await change({ '10': order });
    expect((await publish('order', { id: 'x' })).status).toBe(422);
  });

  it('another process hears of a change after 2 s at the latest', async () => {
    expect((await publish('order', { id: 'x' })).status).toBe(422);
    const { storage } = server;
    const environmentId = `env_${'0'.repeat(27)}`;
    const found = await storage.getEventType({ environmentId, name: 'order' });
    if (found === undefined) throw new Error('The event type is gone.');
    await storage.replaceEventType({ eventType: { ...found, schemas: undefined, version: found.version + 1 } });
    await server.clock.advance(2_000);
    expect((await publish('order', { id: 'x' })).status).toBe(202);
    await server.call({ method: 'PATCH', path: '/event-type/order', body: { schemas: { '1': order } } });
  });

  it('an environment may be strict about event types, and may not look at payloads', async () => {
    expect((await server.call({ path: '/environment/settings' })).body).toEqual({
      strictEventTypes: false,
      validatePayloads: true,
    });
    expect(await settings({ strictEventTypes: true })).toMatchObject({ status: 200, body: { strictEventTypes: true } });
    expect(await publish('unknown', {})).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'eventType'], type: 'unknown_event_type' }] },
    });
    expect((await publish('free', {})).status).toBe(202);
    await server.call({ path: '/event-type', body: { name: 'unknown', description: '' } });
    expect((await publish('unknown', {})).status).toBe(202);
    await settings({ validatePayloads: false });
    expect((await publish('order', { id: 'x' })).status).toBe(202);
    expect((await publish('nothing', {})).status).toBe(422);
    await settings({ strictEventTypes: false, validatePayloads: true });
    expect([(await publish('order', { id: 'x' })).status, (await publish('nothing', {})).status]).toEqual([422, 202]);
    expect((await settings({ strict: true })).status).toBe(422);
  });

  it('settings and schemas are those of the own environment', async () => {
    const made = await server.call({ path: '/environments', body: { name: 'Other' } });
    const { key } = made.body['key'] as { key: string };
    await settings({ strictEventTypes: true });
    await server.call({ path: '/app', body: { name: 'Shop', uid: 'shop' }, key });
    const body = { eventType: 'order', payload: 'x' };
    expect((await server.call({ path: '/app/shop/msg', body, key })).status).toBe(202);
    expect((await server.call({ path: '/environment/settings', key })).body['strictEventTypes']).toBe(false);
    await settings({ strictEventTypes: false });
  });

  it.each([
    ['a remote reference', { $ref: 'https://example.com/schema.json' }, ['1', '$ref']],
    ['a slow pattern', { properties: { a: { pattern: '(a+)+$' } } }, ['1', 'properties', 'a', 'pattern']],
    ['no schema', { type: 'no-type' }, ['1', 'type']],
  ])('%s is refused when it is registered, in every way to do so', async (_, schema, path) => {
    const schemas = { '1': schema };
    const expected = {
      status: 422,
      body: { code: 'invalid_schema', detail: [{ loc: ['body', 'schemas', ...path], type: 'invalid_schema' }] },
    };
    const body = { description: '', schemas };
    expect(await server.call({ path: '/event-type', body: { name: 'bad', ...body } })).toMatchObject(expected);
    expect(await server.call({ method: 'PUT', path: '/event-type/bad', body })).toMatchObject(expected);
    expect(await server.call({ method: 'PATCH', path: '/event-type/free', body: { schemas } })).toMatchObject(expected);
    expect((await server.call({ path: '/event-type/bad' })).status).toBe(404);
    expect((await server.call({ path: '/event-type/free' })).body).not.toHaveProperty('schemas');
  });
});

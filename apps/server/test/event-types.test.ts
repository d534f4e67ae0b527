import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.js';

describe('event types', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  const schemas = { '1': { type: 'object', properties: { constructor: { type: 'string' } } } };

  it('are created, changed, archived, brought back, and expunged', async () => {
    const created = await server.call({
      path: '/event-type',
      body: { name: 'invoice.paid', description: 'Paid', schemas, featureFlags: ['beta'] },
    });
    expect(created).toMatchObject({
      status: 201,
      body: { name: 'invoice.paid', schemas, archived: false, featureFlag: 'beta' },
    });
    const create = () => server.call({ path: '/event-type', body: { name: 'invoice.paid', description: 'Anew' } });
    expect((await create()).status).toBe(409);

    const patch = { deprecated: true, featureFlags: null };
    const patched = await server.call({ method: 'PATCH', path: '/event-type/invoice.paid', body: patch });
    expect(patched).toMatchObject({ status: 200, body: { description: 'Paid', deprecated: true, schemas } });
    expect(patched.body).not.toHaveProperty('featureFlags');

    expect((await server.call({ method: 'DELETE', path: '/event-type/invoice.paid' })).status).toBe(204);
    expect((await server.call({ path: '/event-type/invoice.paid' })).body).toMatchObject({ archived: true });
    expect((await server.call({ path: '/event-type' })).body['data']).toEqual([]);
    expect((await server.call({ path: '/event-type?include_archived=true' })).body['data']).toHaveLength(1);

    const back = await create();
    expect(back).toMatchObject({ status: 201, body: { archived: false, description: 'Anew', deprecated: false } });
    expect(back.body).not.toHaveProperty('schemas');

    const expunge = () => server.call({ method: 'DELETE', path: '/event-type/invoice.paid?expunge=true' });
    expect([(await expunge()).status, (await expunge()).status]).toEqual([204, 404]);
    expect((await server.call({ path: '/event-type/invoice.paid' })).status).toBe(404);
  });

  it('are created and replaced by PUT', async () => {
    const put = (body: object) => server.call({ method: 'PUT', path: '/event-type/put.it', body });
    expect(await put({ description: 'One', schemas })).toMatchObject({
      status: 201,
      body: { name: 'put.it', schemas },
    });
    const replaced = await put({ description: 'Two' });
    expect(replaced).toMatchObject({ status: 200, body: { description: 'Two' } });
    expect(replaced.body).not.toHaveProperty('schemas');
  });

  it('are listed by name, with their schemas only when asked', async () => {
    const listed = await startTestServer();
    for (const name of ['b', 'c', 'a']) {
      await listed.call({ path: '/event-type', body: { name, description: '', schemas } });
    }
    const plain = await listed.call({ path: '/event-type?limit=2' });
    expect(plain.body['data']).toMatchObject([{ name: 'a' }, { name: 'b' }]);
    expect(plain.text).not.toContain('schemas');
    const rest = await listed.call({
      path: `/event-type?with_content=true&iterator=${String(plain.body['iterator'])}`,
    });
    expect(rest.body).toMatchObject({ data: [{ name: 'c', schemas }], done: true });
    await listed.close();
  });
});

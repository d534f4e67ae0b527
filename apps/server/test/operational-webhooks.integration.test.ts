import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OperationalEvents } from '../src/operations/operational-events.js';
import { eachStorage, type StoredServer } from './support/each-storage.js';

type Row = Record<string, unknown>;

describe.each(eachStorage)('operational webhooks, on $name', ({ start }) => {
  let server: StoredServer;
  const path = '/operational-webhook/endpoint';
  const url = 'https://hooks.example.com/';

  /** What was published to the operators' endpoints, oldest first. */
  const published = async () => {
    await server.server.app.get(OperationalEvents).flush();
    const environments = await server.storage.listEnvironments({});
    const beside = environments.find(({ id }) => id.endsWith('.operational'));
    if (beside === undefined) return [];
    const environmentId = beside.id;
    const application = await server.storage.getApplication({ environmentId, application: { uid: 'operational' } });
    const { items } = await server.storage.listMessages({
      ...{ environmentId, applicationId: String(application?.id), filter: {}, withPayload: true },
      page: { limit: 250, order: 'ascending' },
    });
    return items.map(({ payload }) => JSON.parse(payload) as { type: string; data: Row });
  };

  beforeAll(async () => {
    server = await start();
    await server.call({ path: '/app', body: { name: 'Owner', uid: 'owner' } });
  });
  afterAll(() => server.close());

  it('keeps nothing while nobody subscribes', async () => {
    await server.call({ path: '/app/owner/endpoint', body: { url, uid: 'early' } });
    expect(await published()).toEqual([]);
    expect((await server.call({ path })).body).toMatchObject({ data: [], done: true });
    expect(await server.call({ path: `${path}/nobody` })).toMatchObject({ status: 404 });
    expect(await server.call({ method: 'POST', path: `${path}/nobody/secret/rotate` })).toMatchObject({ status: 404 });
    expect(await server.storage.listEnvironments({})).toHaveLength(1);
  });

  it('tells once of each change of an endpoint, of alerts, and of health, without secrets', async () => {
    const created = await server.call({ path, body: { url, uid: 'ops', secret: null } });
    expect(created).toMatchObject({ status: 201, body: { uid: 'ops', disabled: false, metadata: {} } });
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const headers = { 'x-api-key': 'CANARY' };
    await server.call({ path: '/app/owner/endpoint', body: { url, uid: 'told', secret, headers } });
    const patch = { method: 'PATCH', path: '/app/owner/endpoint/told', body: { disabled: true } };
    await server.call(patch);
    await server.call({ method: 'DELETE', path: '/app/owner/endpoint/told' });
    server.server.app.get(OperationalEvents).emit({ type: 'alert.raised', payload: { metric: 'm' } });
    const events = await published();
    expect(events.map(({ type }) => type)).toEqual([
      'endpoint.created',
      'endpoint.updated',
      'endpoint.deleted',
      'alert.raised',
    ]);
    expect(events[0]).toMatchObject({ timestamp: expect.any(String) as string, data: { endpointUid: 'told', url } });
    expect(JSON.stringify(events)).not.toMatch(/CANARY|whsec_/u);
  });

  it('is hidden: from lists, sums and searches of the environment, from ids, and from other environments', async () => {
    const { body } = await server.call({ path: `${path}/ops` });
    const id = String(body['id']);
    const read = async (where: string) => (await server.call({ path: where })).text;
    for (const where of ['/app', '/environments', '/deliveries', '/app/owner/endpoint', '/event-type']) {
      expect(await read(where)).not.toMatch(/operational|Operational/u);
    }
    expect((await server.call({ path: '/ledger' })).body).toMatchObject({ accepted: 0 });
    const environments = await server.storage.listEnvironments({});
    const beside = environments.find(({ id: each }) => each.endsWith('.operational'))?.id ?? '';
    const application = await server.storage.getApplication({
      environmentId: beside,
      application: { uid: 'operational' },
    });
    for (const where of [`/app/${application?.id}`, '/app/operational', `/app/${application?.id}/endpoint/${id}`]) {
      expect((await server.call({ path: where })).status).toBe(404);
    }
    expect((await server.call({ path: `/environments/${beside}` })).status).toBe(404);
    const other = await server.call({ path: '/environments', body: { name: 'Other' } });
    const key = String((other.body['key'] as Row)['key']);
    expect((await server.call({ path: `${path}/${id}`, key })).status).toBe(404);
    expect((await server.call({ path, key })).body).toMatchObject({ data: [] });
    const access = await server.call({ method: 'POST', path: '/auth/app-portal-access/owner', body: {} });
    expect(await server.call({ path, key: String(access.body['token']) })).toMatchObject({ status: 403 });
  });

  it('checks the types it is asked for, and lets several find the same name taken', async () => {
    const wrong = await server.call({ path, body: { url, filterTypes: ['no.such'] } });
    expect(wrong).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', 'filterTypes', 0] }] } });
    expect(await server.call({ path, body: { url: 'http://127.0.0.1/', uid: 'local' } })).toMatchObject({
      status: 422,
    });
    expect(await server.call({ path, body: { url, uid: 'ops' } })).toMatchObject({ status: 409 });
    const put = { method: 'PUT', path: `${path}/second`, body: { url, filterTypes: ['alert.raised'] } };
    expect(await server.call(put)).toMatchObject({ status: 201, body: { uid: 'second' } });
    expect(await server.call(put)).toMatchObject({ status: 200, body: { filterTypes: ['alert.raised'] } });
    for (const uid of ['ops', 'second']) await server.call({ method: 'DELETE', path: `${path}/${uid}` });
    expect((await server.call({ path })).body).toMatchObject({ data: [] });
  });
});

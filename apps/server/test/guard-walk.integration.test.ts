import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachStorage, type StoredServer } from './support/each-storage.js';

type Row = Record<string, unknown>;

const publicRoutes = /^\/api\/v1\/(health(\/\w+)?|openapi\.json|docs.*)$/u;
/** What portal tokens may use although it is not of their application. */
const forEveryCustomer = /^(GET|HEAD) \/api\/v1\/(event-type|environment\/openapi\.json)/u;
const logOut = '/api/v1/auth/logout';

describe.each(eachStorage)('the guard, on $name', ({ start }) => {
  let server: StoredServer;
  let routes: readonly (readonly [string, string])[];
  let token: string;
  let own: string;
  let other: string;

  const walk = async (key: string | undefined, app: string) => {
    const answers: { route: string; status: number }[] = [];
    for (const [method, pattern] of routes) {
      // It would end the token that walks.
      if (key === token && pattern === logOut) continue;
      const path = pattern.replaceAll(':app_id', app).replaceAll(/:\w+/gu, 'x');
      const { status } = await server.call({ method, path: `/${path}`, key });
      answers.push({ route: `${method} ${pattern}`, status });
    }
    return answers;
  };

  beforeAll(async () => {
    server = await start();
    routes = server.server.routes
      .list()
      .map((route) => route.split(' ') as [string, string])
      .filter(([, pattern]) => !publicRoutes.test(pattern));
    own = String((await server.call({ path: '/app', body: { name: 'Own' } })).body['id']);
    other = String((await server.call({ path: '/app', body: { name: 'Other' } })).body['id']);
    const access = await server.call({ method: 'POST', path: `/auth/app-portal-access/${own}`, body: {} });
    token = String(access.body['token']);
  });
  afterAll(() => server.close());

  it('lets nobody in without a key, or with one that is none', async () => {
    expect(routes.length).toBeGreaterThan(80);
    for (const key of [undefined, 'pr_000000000000_nonsense', 'x'.repeat(40)]) {
      expect((await walk(key, own)).filter(({ status }) => status !== 401)).toEqual([]);
    }
  });

  it('shows a portal token its own application, and of others not even that they are there', async () => {
    const isOfApplication = (route: string) => route.includes(':app_id');
    const answers = await walk(token, other);
    const open = answers.filter(({ route, status }) => {
      if (forEveryCustomer.test(route)) return false;
      return isOfApplication(route) ? status !== 404 : status !== 403;
    });
    expect(open).toEqual([]);
    // Nothing was changed by who knocked, and what it may read it can still read.
    expect((await server.call({ path: `/app/${other}` })).status).toBe(200);
  });

  it('ends a portal token with its application', async () => {
    const app = String((await server.call({ path: '/app', body: { name: 'Brief' } })).body['id']);
    const access = await server.call({ method: 'POST', path: `/auth/app-portal-access/${app}`, body: {} });
    const key = String(access.body['token']);
    const integration = await server.call({ path: `/app/${app}/integration`, body: { name: 'Sheets' } });
    const rotate = `/app/${app}/integration/${String(integration.body['id'])}/key/rotate`;
    const made = await server.call({ method: 'POST', path: rotate });
    const keys = [key, String((made.body as Row)['key'])];
    const statuses = () =>
      Promise.all(keys.map(async (each) => (await server.call({ path: '/event-type', key: each })).status));
    expect(await statuses()).toEqual([200, 200]);
    await server.call({ method: 'DELETE', path: `/app/${app}` });
    expect(await statuses()).toEqual([401, 401]);
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.js';

describe('the API description', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  it('is the one in docs/reference/openapi.json; after a change: pnpm --filter @postrider/server docs:openapi', async () => {
    const answer = await server.call({ path: '/openapi.json', key: undefined });
    const path = new URL('../../../docs/reference/openapi.json', import.meta.url);
    expect(answer.body).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });

  it('has every route, and no other', async () => {
    const { body } = await server.call({ path: '/openapi.json', key: undefined });
    const described = Object.entries(body['paths'] as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    const served = server.server.routes
      .list()
      .filter((route) => !route.startsWith('HEAD ') && route !== 'GET /api/v1/openapi.json');
    expect(described.sort()).toEqual(served);
  });
});

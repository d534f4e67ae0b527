import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.js';

/** What shows the description is no part of it. */
const notDescribed = /^GET \/api\/v1\/(openapi\.json|docs(\/|$))/;

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
      .filter((route) => !route.startsWith('HEAD ') && !notDescribed.test(route));
    expect(described.sort()).toEqual(served);
  });

  it('is shown to people at /docs, from files of this server alone, under a strict policy', async () => {
    const page = await server.call({ path: '/docs', key: undefined, headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(page.text).not.toMatch(/https?:\/\/|<script>|\son\w+=/);
    const linked = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(linked).toHaveLength(4);
    for (const path of linked) {
      const file = await server.call({ path: `/${path}`, key: undefined });
      expect({ path, status: file.status }).toEqual({ path, status: 200 });
      expect(file.text.length).toBeGreaterThan(100);
    }
    expect((await server.call({ path: '/docs/start.js', key: undefined })).text).toContain(
      "url: '/api/v1/openapi.json'",
    );
    for (const path of ['/docs/package.json', '/docs/..%2fpackage.json', '/docs/constructor']) {
      expect((await server.call({ path, key: undefined })).status).toBe(404);
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.js';

describe('applications', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  it('are created, read by id and uid, changed, and deleted', async () => {
    const created = await server.call({
      path: '/app',
      body: { name: 'First', uid: 'first', metadata: { plan: 'gold' } },
    });
    expect(created).toMatchObject({ status: 201, body: { name: 'First', uid: 'first', metadata: { plan: 'gold' } } });
    const id = String(created.body['id']);
    expect(id).toMatch(/^app_[0-9A-Za-z]{27}$/);
    for (const path of [`/app/${id}`, '/app/first', '/app/first/']) {
      expect(await server.call({ path })).toMatchObject({ status: 200, body: created.body });
    }

    const patch = await server.call({ method: 'PATCH', path: '/app/first', body: { throttleRate: 5 } });
    expect(patch).toMatchObject({ status: 200, body: { name: 'First', uid: 'first', throttleRate: 5 } });
    const cleared = await server.call({ method: 'PATCH', path: `/app/${id}`, body: { throttleRate: null, uid: null } });
    expect(cleared.body).not.toHaveProperty('throttleRate');
    expect(cleared.body).not.toHaveProperty('uid');
    expect((await server.call({ path: '/app/first' })).status).toBe(404);

    const put = await server.call({ method: 'PUT', path: `/app/${id}`, body: { name: 'Second' } });
    expect(put).toMatchObject({ status: 200, body: { id, name: 'Second', metadata: {} } });

    expect(await server.call({ method: 'DELETE', path: `/app/${id}` })).toMatchObject({ status: 204, text: '' });
    expect((await server.call({ method: 'DELETE', path: `/app/${id}` })).status).toBe(404);
  });

  it('answer 409 for a uid that is taken, and 200 with it when get_if_exists is set', async () => {
    const first = await server.call({ path: '/app', body: { name: 'A', uid: 'taken' } });
    expect(await server.call({ path: '/app', body: { name: 'B', uid: 'taken' } })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    const again = await server.call({ path: '/app?get_if_exists=true', body: { name: 'B', uid: 'taken' } });
    expect(again).toMatchObject({ status: 200, body: { id: first.body['id'], name: 'A' } });
    const fresh = await server.call({ path: '/app?get_if_exists=true', body: { name: 'C', uid: 'fresh' } });
    expect(fresh.status).toBe(201);
    expect((await server.call({ method: 'PATCH', path: '/app/fresh', body: { uid: 'taken' } })).status).toBe(409);
  });

  it('are one, when several processes PUT the same uid at the same time', async () => {
    const put = (n: number) => server.call({ method: 'PUT', path: '/app/at-once', body: { name: `From ${n}` } });
    server.watched.gather('getApplication', 4);
    const answers = await Promise.all([1, 2, 3, 4].map(put));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    const elsewhere = await server.call({ method: 'PUT', path: '/app/free', body: { name: 'X', uid: 'at-once' } });
    expect(elsewhere.status).toBe(409);
  });

  it('are created by PUT under a free uid, which they keep', async () => {
    const put = (body: object) => server.call({ method: 'PUT', path: '/app/by-put', body });
    const created = await put({ name: 'One' });
    expect(created).toMatchObject({ status: 201, body: { uid: 'by-put' } });
    expect(await put({ name: 'Two' })).toMatchObject({ status: 200, body: { id: created.body['id'], uid: 'by-put' } });
    const unknown = await server.call({ method: 'PUT', path: `/app/app_${'1'.repeat(27)}`, body: { name: 'X' } });
    expect(unknown.status).toBe(404);
  });

  it('all take effect when changed at the same time', async () => {
    await server.call({ path: '/app', body: { name: 'Busy', uid: 'busy' } });
    const patches = [{ name: 'Renamed' }, { throttleRate: 7 }, { metadata: { a: 'b' } }];
    await Promise.all(patches.map((body) => server.call({ method: 'PATCH', path: '/app/busy', body })));
    expect((await server.call({ path: '/app/busy' })).body).toMatchObject({
      name: 'Renamed',
      throttleRate: 7,
      metadata: { a: 'b' },
    });
  });

  it('are listed oldest first, page by page in both directions', async () => {
    const listed = await startTestServer();
    const names = Array.from({ length: 7 }, (_, index) => `App ${index}`);
    for (const name of names) await listed.call({ path: '/app', body: { name } });
    const list = async (query: string) => {
      const { body } = await listed.call({ path: `/app?${query}` });
      return { ...body, names: (body['data'] as { name: string }[]).map(({ name }) => name) } as unknown as {
        names: string[];
        iterator: string;
        prevIterator: string;
        done: boolean;
      };
    };
    const first = await list('limit=3');
    expect(first).toMatchObject({ names: names.slice(0, 3), done: false });
    const second = await list(`limit=3&iterator=${first.iterator}`);
    expect(second).toMatchObject({ names: names.slice(3, 6), done: false });
    const third = await list(`limit=3&iterator=${second.iterator}`);
    expect(third).toMatchObject({ names: names.slice(6), done: true });
    const back = await list(`limit=2&iterator=${third.prevIterator}`);
    expect(back).toMatchObject({ names: names.slice(4, 6), done: false });
    expect(await list(`limit=9&iterator=${back.prevIterator}`)).toMatchObject({ names: names.slice(0, 4), done: true });

    // The end of the list keeps an iterator with which later items are found.
    const end = await list(`iterator=${third.iterator}`);
    expect(end).toMatchObject({ names: [], done: true, iterator: third.iterator });
    await listed.call({ path: '/app', body: { name: 'Late' } });
    expect((await list(`iterator=${end.iterator}`)).names).toEqual(['Late']);
    expect((await list('order=descending&limit=2')).names).toEqual(['Late', 'App 6']);
    await listed.close();
  });
});

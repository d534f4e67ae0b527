import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachStorage, type StoredServer } from './support/each-storage.js';

const filter = { data: { amount: { $gte: 100 }, currency: ['EUR', 'USD'] } };
const url = 'https://hooks.example.com/filtered';

describe.each(eachStorage)('payload filters on $name', ({ start }) => {
  let server: StoredServer;
  beforeAll(async () => {
    server = await start();
    await server.call({ path: '/app', body: { name: 'Shop', uid: 'shop' } });
    await server.call({ path: '/app/shop/endpoint', body: { url, uid: 'all' } });
    await server.call({ path: '/app/shop/endpoint', body: { url, uid: 'large', filter } });
  });
  afterAll(() => server.close());

  const publish = async (amount: number) =>
    String(
      (
        await server.call({
          path: '/app/shop/msg',
          body: { eventType: 'paid', payload: { data: { amount, currency: 'EUR' } } },
        })
      ).body['id'],
    );
  const explain = async (message: string) => {
    const { body } = await server.call({ path: `/app/shop/msg/${message}/explain` });
    const uids = new Map<unknown, string>();
    for (const uid of ['all', 'large']) {
      uids.set((await server.call({ path: `/app/shop/endpoint/${uid}` })).body['id'], uid);
    }
    return Object.fromEntries<unknown>(
      (body['endpoints'] as Record<string, unknown>[]).map(({ endpointId, why, status }) => [
        uids.get(endpointId) ?? '',
        why ?? status,
      ]),
    );
  };

  it('decide who receives a message, and are named as the reason why somebody does not', async () => {
    expect(await explain(await publish(100))).toEqual({ all: 'pending', large: 'pending' });
    expect(await explain(await publish(99))).toEqual({ all: 'pending', large: 'filtered' });
  });

  it('are shown, changed and cleared, and the change holds for the next message', async () => {
    const patch = (change: object) => server.call({ method: 'PATCH', path: '/app/shop/endpoint/large', body: change });
    expect((await server.call({ path: '/app/shop/endpoint/large' })).body['filter']).toEqual(filter);
    expect(await patch({ description: 'Large ones' })).toMatchObject({ status: 200, body: { filter } });
    expect((await patch({ filter: { data: { amount: { $lt: 5 } } } })).status).toBe(200);
    expect(await explain(await publish(100))).toEqual({ all: 'pending', large: 'filtered' });
    expect((await patch({ filter: null })).body).not.toHaveProperty('filter');
    expect(await explain(await publish(100))).toEqual({ all: 'pending', large: 'pending' });
    await patch({ filter });
    expect(await patch({ filter: { data: { amount: { $regex: 'x' } } } })).toMatchObject({
      status: 422,
      body: {
        detail: [{ loc: ['body', 'filter'], msg: expect.stringContaining('filter.data.amount.$regex') as string }],
      },
    });
  });

  it('can be tried on messages that were published, without a change', async () => {
    await publish(7);
    const path = '/app/shop/endpoint/large/filter/preview';
    const preview = async (body?: object) => (await server.call({ method: 'POST', path, ...(body && { body }) })).body;
    expect(await preview({ limit: 1 })).toMatchObject({
      examined: 1,
      matched: 0,
      messages: [{ matches: false, why: 'filtered' }],
    });
    expect(await preview({ limit: 1, filter: { data: { amount: 7 } } })).toMatchObject({ matched: 1 });
    expect(await preview({ limit: 1, filter: null })).toMatchObject({ matched: 1 });
    expect((await preview())['examined']).toBe(5);
    expect((await server.call({ path: '/app/shop/endpoint/large' })).body['filter']).toEqual(filter);
  });
});

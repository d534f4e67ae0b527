import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachStorage, type StoredServer } from './support/each-storage.js';

describe.each(eachStorage)('an idempotency-key on any POST, on $name', ({ start }) => {
  let server: StoredServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());

  const post = (path: string, key: string, body: unknown = {}) =>
    server.call({ method: 'POST', path, body, headers: { 'idempotency-key': key } });
  const namesOf = async (path: string) => {
    const { body } = await server.call({ path: `${path}?limit=250` });
    return (body['data'] as Record<string, string>[]).map((item) => item['name'] ?? item['description']);
  };

  it('gives the first answer again, says so, and takes effect once', async () => {
    const first = await post('/app', 'again', { name: 'Once' });
    const second = await post('/app', 'again', { name: 'Once' });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect([first.headers['idempotent-replayed'], second.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect((await namesOf('/app')).filter((name) => name === 'Once')).toHaveLength(1);
  });

  it('refuses another body, and another route', async () => {
    await post('/app', 'differs', { name: 'First' });
    for (const answer of [
      await post('/app', 'differs', { name: 'Second' }),
      await post('/event-type', 'differs', { name: 'First' }),
      await post('/app?get_if_exists=true', 'differs', { name: 'First' }),
    ]) {
      expect(answer).toMatchObject({ status: 422, body: { detail: [{ type: 'idempotency_mismatch' }] } });
    }
    expect(await namesOf('/app')).not.toContain('Second');
  });

  it('of 50 parallel requests lets one take effect, twenty times over', async () => {
    for (let round = 0; round < 20; round += 1) {
      const name = `Parallel ${round}`;
      const answers = await Promise.all(Array.from({ length: 50 }, () => post('/app', `parallel-${round}`, { name })));
      const made = answers.filter(({ status }) => status === 201);
      const waiting = answers.filter(({ status }) => status === 409);
      expect(made.length).toBeGreaterThan(0);
      expect(made.length + waiting.length).toBe(50);
      expect(new Set(made.map(({ text }) => text)).size).toBe(1);
      for (const { body, headers } of waiting) {
        expect(body['code']).toBe('idempotency_in_progress');
        expect(headers['retry-after']).toMatch(/^[12]$/);
      }
      expect((await namesOf('/app')).filter((found) => found === name)).toHaveLength(1);
    }
  });

  it('does not remember what was refused', async () => {
    await server.call({ method: 'POST', path: '/app', body: { name: 'Taken', uid: 'taken' } });
    expect((await post('/app', 'refused', { name: 'Mine', uid: 'taken' })).status).toBe(409);
    await server.call({ method: 'DELETE', path: '/app/taken' });
    expect((await post('/app', 'refused', { name: 'Mine', uid: 'taken' })).status).toBe(201);
  });

  it('keeps an answer without a body, and forgets it after a day', async () => {
    await server.call({ method: 'POST', path: '/app', body: { name: 'Rotating', uid: 'rotating' } });
    const url = 'https://hooks.example.com/in';
    await server.call({ method: 'POST', path: '/app/rotating/endpoint', body: { url, uid: 'ep' } });
    const secret = async () => (await server.call({ path: '/app/rotating/endpoint/ep/secret' })).body['key'];
    const rotate = () => post('/app/rotating/endpoint/ep/secret/rotate', 'rotate');
    expect((await rotate()).status).toBe(204);
    const rotated = await secret();
    expect(await rotate()).toMatchObject({ status: 204, text: '', headers: { 'idempotent-replayed': 'true' } });
    expect(await secret()).toBe(rotated);
    await server.clock.advance(24 * 60 * 60 * 1_000 + 1);
    expect((await rotate()).headers['idempotent-replayed']).toBeUndefined();
    expect(await secret()).not.toBe(rotated);
  });

  it('is taken over from a process that died, once its minute is over', async () => {
    const { storage, clock } = server;
    const dead = Promise.withResolvers<undefined>();
    const createApplication = storage.createApplication.bind(storage);
    const reserve = storage.reserveRequest.bind(storage);
    let asked: Parameters<typeof reserve>[0] | undefined;
    Object.assign(storage, {
      reserveRequest: async (params: Parameters<typeof reserve>[0]) => reserve((asked = params)),
      createApplication: () => dead.promise,
    });
    const lost = post('/app', 'dead', { name: 'Taken over' });
    while (asked === undefined) await new Promise(setImmediate);
    Object.assign(storage, { reserveRequest: reserve });
    expect((await post('/app', 'dead', { name: 'Taken over' })).status).toBe(409);
    await clock.advance(60_001);
    Object.assign(storage, { createApplication });
    expect((await post('/app', 'dead', { name: 'Taken over' })).status).toBe(201);
    dead.reject(new Error('the process is gone'));
    expect((await lost).status).toBe(500);
    expect((await post('/app', 'dead', { name: 'Taken over' })).headers['idempotent-replayed']).toBe('true');
    expect((await namesOf('/app')).filter((name) => name === 'Taken over')).toHaveLength(1);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillPath, operationsOf, type Operation } from './support/api-walk.js';
import { eachStorage, type StoredServer } from './support/each-storage.js';

/** In everything that B has, and nowhere else. */
const canary = 'CANARY-of-B';
const url = 'https://hooks.example.com/in';

/** What reading alone changes: reads of secrets are noted, and the server counts what it does. */
const changedByReading = /^\/(?:audit|cache|metrics|health)\b/;

describe.each(eachStorage)('the tenancy walk, on $name', ({ start }) => {
  let server: StoredServer;
  let operations: readonly Operation[];
  let keyA: string;
  let keyB: string;
  /** B's ids and names by the parameters that they belong to. */
  let idsOfB: Readonly<Record<string, string>>;
  let namesOfB: Readonly<Record<string, string>>;

  const call = (key: string, method: string, path: string, body?: unknown) =>
    server.call({ method, path, key, ...(body !== undefined && { body }) });
  const make = async (key: string, path: string, body: unknown) => {
    const answer = await call(key, 'POST', path, body);
    expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(300);
    return answer.body;
  };
  const makeEnvironment = async (name: string) => {
    const { body } = await server.call({ method: 'POST', path: '/environments', body: { name } });
    return body as { id: string; key: { id: string; key: string } };
  };
  /** What B can read of itself, by operation. */
  const readB = async () => {
    const answers: Record<string, string> = {};
    for (const { method, path } of operations) {
      if (method !== 'GET' || path.startsWith('/environments') || changedByReading.test(path)) continue;
      const filled = fillPath(path, (name) => idsOfB[name] ?? 'unknown');
      const { status, text } = await call(keyB, method, filled);
      answers[path] = status < 300 ? text : String(status);
    }
    return answers;
  };

  beforeAll(async () => {
    server = await start();
    operations = operationsOf((await server.call({ path: '/openapi.json' })).body);
    keyA = (await makeEnvironment('A')).key.key;
    const b = await makeEnvironment(canary);
    keyB = b.key.key;
    const app = await make(keyB, '/app', { name: canary, uid: `${canary}-app`, metadata: { note: canary } });
    const eventType = `${canary}.type`;
    await make(keyB, '/event-type', { name: eventType, description: canary });
    const endpoint = { url, uid: `${canary}-ep`, description: canary, headers: { 'x-note': canary } };
    const { id: endpointId } = await make(keyB, `/app/${String(app['id'])}/endpoint`, endpoint);
    const message = { eventType, payload: { note: canary }, eventId: `${canary}-event` };
    const { id: messageId } = await make(keyB, `/app/${String(app['id'])}/msg`, message);
    const { body: deliveries } = await call(keyB, 'GET', `/app/${String(app['id'])}/msg/${String(messageId)}/endpoint`);
    expect(deliveries['data']).toHaveLength(1);
    idsOfB = {
      app_id: String(app['id']),
      endpoint_id: String(endpointId),
      msg_id: String(messageId),
      event_type_name: eventType,
      key_id: b.key.id,
      environment_id: b.id,
    };
    namesOfB = { ...idsOfB, app_id: `${canary}-app`, endpoint_id: `${canary}-ep`, msg_id: `${canary}-event` };
  });
  afterAll(() => server.close());

  it("lets B's ids find nothing and change nothing with A's key, in any operation and parameter", async () => {
    await readB();
    const before = await readB();
    const wrong: string[] = [];
    const walked = operations.filter(({ parameters }) => parameters.length > 0);
    expect(walked.length).toBeGreaterThan(30);
    for (const { method, path, body } of walked) {
      const filled = fillPath(path, (name) => idsOfB[name] ?? idsOfB['msg_id'] ?? '');
      const answer = await call(keyA, method, filled, body);
      // A name may be used by everybody: PUT creates A's own. What is the whole server's is for another scope.
      const allowed = [404, 422, ...(path.endsWith('{event_type_name}') && method === 'PUT' ? [201] : [])];
      if (/^\/(?:environments|metrics)\b/.test(path)) allowed.push(403);
      if (answer.status === 201) await call(keyA, 'DELETE', `${filled}?expunge=true`);
      if (!allowed.includes(answer.status)) wrong.push(`${method} ${path}: ${answer.status}`);
      // Of what A sent itself only the names are its own to read.
      if (answer.status >= 300 && JSON.stringify(answer.body['detail']).includes(canary)) wrong.push(`${path}: canary`);
    }
    expect(wrong).toEqual([]);
    expect(await readB()).toEqual(before);
  });

  it("lets B's names find nothing either, and change nothing of B's", async () => {
    const before = await readB();
    const wrong: string[] = [];
    for (const { method, path, body, parameters } of operations) {
      if (parameters.length === 0) continue;
      const { status, text } = await call(
        keyA,
        method,
        fillPath(path, (name) => namesOfB[name] ?? 'none'),
        body,
      );
      if (method === 'GET' && status === 200 && text.includes(`"note":"${canary}"`)) wrong.push(`${method} ${path}`);
    }
    expect(wrong).toEqual([]);
    expect(await readB()).toEqual(before);
  });

  it("shows nothing of B's in A's lists, nor under B's iterators", async () => {
    const other = await makeEnvironment('Empty');
    const lists = operations.filter(({ method, isList }) => method === 'GET' && isList);
    expect(lists.length).toBeGreaterThan(5);
    for (const { path, parameters } of lists) {
      if (path.startsWith('/environments')) continue;
      const ofB = await call(keyB, 'GET', `${fillPath(path, (name) => idsOfB[name] ?? 'none')}?limit=1`);
      const iterator = ofB.body['iterator'];
      for (const query of ['', `?iterator=${encodeURIComponent(String(iterator))}`]) {
        const answer = await call(other.key.key, 'GET', `${fillPath(path, (name) => idsOfB[name] ?? 'none')}${query}`);
        expect(answer.text, `GET ${path}`).not.toContain(canary);
        const isOwnList = query === '' && parameters.length === 0;
        expect([...(isOwnList ? [200] : [404, 422])], `${path}${query}`).toContain(answer.status);
      }
    }
  });
});

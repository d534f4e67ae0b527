import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedPath, renderSchema } from '../scripts/render-schema.ts';
import { createClient } from './create-client.js';
import { PostriderApiError, unwrap } from './unwrap.js';

function setUp(answer: () => Response) {
  const requests: Request[] = [];
  const fetch = (request: Request) => {
    requests.push(request);
    return Promise.resolve(answer());
  };
  return { requests, client: createClient({ serverUrl: 'https://webhooks.example.com/', apiKey: 'pr_1', fetch }) };
}

const json = (status: number, body: unknown) => () => Response.json(body, { status });

describe('the client', () => {
  it('sends what its types say, with the key, and an idempotency key on POST only', async () => {
    const { client, requests } = setUp(json(202, { id: 'msg_1' }));
    const params = { path: { app_id: 'a/b' } };
    await client.POST('/api/v1/app/{app_id}/msg', { params, body: { eventType: 'a', payload: { n: 1 } } });
    await client.GET('/api/v1/app/{app_id}/msg', { params: { ...params, query: { limit: 2 } } });
    const own = { ...params, header: { 'idempotency-key': 'own' } };
    await client.POST('/api/v1/app/{app_id}/msg', { params: own, body: { eventType: 'a', payload: null } });
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://webhooks.example.com/api/v1/app/a%2Fb/msg',
      'GET https://webhooks.example.com/api/v1/app/a%2Fb/msg?limit=2',
      'POST https://webhooks.example.com/api/v1/app/a%2Fb/msg',
    ]);
    const keys = requests.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), null, 'own']);
    expect(requests.every(({ headers }) => headers.get('authorization') === 'Bearer pr_1')).toBe(true);
    expect(await requests[0]?.text()).toBe('{"eventType":"a","payload":{"n":1}}');
  });

  it('unwraps values, and answers that are none as errors', async () => {
    const get = (answer: () => Response) =>
      unwrap(setUp(answer).client.GET('/api/v1/app/{app_id}', { params: { path: { app_id: 'a' } } }));
    expect(await get(json(200, { id: 'app_1' }))).toEqual({ id: 'app_1' });
    const detail = [{ loc: ['body', 'url'], msg: 'Must not be empty.', type: 'too_small' }];
    await expect(get(json(422, { code: 'validation', detail }))).rejects.toMatchObject({
      status: 422,
      code: 'validation',
      message: 'The server answered 422 validation: body.url: Must not be empty.',
    });
    await expect(get(() => new Response('<html>', { status: 502 }))).rejects.toMatchObject({
      status: 502,
      code: 'unknown',
      problem: undefined,
    });
    await expect(get(json(404, { code: 'not_found', detail: 'No.' }))).rejects.toBeInstanceOf(PostriderApiError);
  });

  it('has the types of the API description; after a change: pnpm --filter @postrider/client generate', async () => {
    expect(await renderSchema()).toBe(readFileSync(generatedPath, 'utf8'));
  });
});

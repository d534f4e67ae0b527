import { expect } from 'vitest';
import { z } from 'zod';
import type { TestRequest, TestServer } from './test-server.js';

const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.union([
    z.string(),
    z.array(z.strictObject({ loc: z.array(z.union([z.string(), z.int()])), msg: z.string(), type: z.string() })),
  ]),
  instance: z.string(),
  code: z.string(),
  requestId: z.string(),
});

/** A request that the API has to refuse, and how. */
export interface RefusedRequest extends TestRequest {
  readonly title: string;
  readonly status: number;
  readonly code: string;
}

/** Parts of refused requests: the status and the code of those that break a rule. */
export const validation = { status: 422, code: 'validation' };
/** Of those that are no JSON. */
export const malformed = { status: 400, code: 'malformed_json' };
/** Of those that name what is not there. */
export const missing = { status: 404, code: 'not_found' };

/** A POST with a body. */
export const post = (path: string, body: unknown, headers: TestRequest['headers'] = {}) => ({
  method: 'POST',
  path,
  body,
  headers,
});

/** Sends it: the answer is a problem in JSON as documented, tells nothing of the inside, and nothing is written. */
export async function expectRefusal(server: TestServer, row: RefusedRequest): Promise<void> {
  const { status, code } = row;
  server.watched.writes.length = 0;
  const answer = await server.call(row);
  expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status, code });
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(problem.safeParse(answer.body).error).toBeUndefined();
  expect(Array.isArray(answer.body['detail'])).toBe(status === 422);
  expect(answer.body['requestId']).toBe(answer.headers['x-request-id']);
  expect(answer.text).not.toMatch(/node_modules|\.js:|\bat .+:\d+/);
  expect(server.watched.writes).toEqual([]);
}

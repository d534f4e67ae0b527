import { randomUUID } from 'node:crypto';
import type { RunningServer } from './server.js';

/** An answer of the API with its parsed body. */
export interface ApiAnswer<T> {
  readonly status: number;
  readonly body: T;
}

/** Calls the API of a running server as a program without an SDK would. */
export async function callApi<T = Record<string, unknown>>(
  server: Pick<RunningServer, 'url' | 'apiKey'>,
  request: { method?: string; path: string; body?: unknown; idempotencyKey?: string },
): Promise<ApiAnswer<T>> {
  const method = request.method ?? (request.body === undefined ? 'GET' : 'POST');
  const answer = await fetch(`${server.url}/api/v1${request.path}`, {
    method,
    headers: {
      authorization: `Bearer ${server.apiKey}`,
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
      ...(method === 'POST' && { 'idempotency-key': request.idempotencyKey ?? randomUUID() }),
    },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
}

/** Creates an application with one endpoint for each URL and returns their ids. */
export async function createApplication(
  server: Pick<RunningServer, 'url' | 'apiKey'>,
  endpointUrls: readonly string[],
): Promise<{ applicationId: string; endpointIds: readonly string[] }> {
  const application = await callApi<{ id: string }>(server, { path: '/app', body: { name: 'End to end' } });
  const applicationId = application.body.id;
  const endpointIds: string[] = [];
  for (const url of endpointUrls) {
    const endpoint = await callApi<{ id: string }>(server, { path: `/app/${applicationId}/endpoint`, body: { url } });
    if (endpoint.status !== 201) throw new Error(`Creating an endpoint answered ${JSON.stringify(endpoint)}.`);
    endpointIds.push(endpoint.body.id);
  }
  return { applicationId, endpointIds };
}

/** The current signing secret of an endpoint. */
export async function readSecret(
  server: Pick<RunningServer, 'url' | 'apiKey'>,
  endpoint: { applicationId: string; endpointId: string },
): Promise<string> {
  const path = `/app/${endpoint.applicationId}/endpoint/${endpoint.endpointId}/secret`;
  return (await callApi<{ key: string }>(server, { path })).body.key;
}

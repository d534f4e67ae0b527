import { randomUUID } from 'node:crypto';

/** A server that speaks the REST contract of the Svix SDKs, and a key for it. */
export interface ContractServer {
  /** Without a slash at the end; the paths of the contract follow. */
  readonly baseUrl: string;
  readonly token: string;
}

const path = '/api/v1';
const dayMs = 86_400_000;

/** Creates an application with endpoints at the given addresses and returns its id. */
export async function createApplication(server: ContractServer, urls: readonly string[]): Promise<string> {
  const { id } = await post(server, '/app', { name: 'Benchmark' });
  for (const url of urls) await post(server, `/app/${id}/endpoint`, { url });
  return id;
}

/** The complete HTTP/1.1 request that creates an endpoint. */
export function endpointRequest(server: ContractServer, applicationId: string, url: string): string {
  return request(server, `/app/${applicationId}/endpoint`, JSON.stringify({ url }));
}

/** The complete HTTP/1.1 request that publishes a message, with an idempotency key of its own. */
export function publishRequest(server: ContractServer, applicationId: string, payload: string): string {
  return request(server, `/app/${applicationId}/msg`, `{"eventType":"bench.event","payload":${payload}}`);
}

/** What the report of the last day counts, over all applications. */
export async function countDeliveries({ baseUrl, token }: ContractServer): Promise<number> {
  const to = Date.now();
  const range = new URLSearchParams({ from: new Date(to - dayMs).toISOString(), to: new Date(to).toISOString() });
  const answer = await fetch(`${baseUrl}${path}/analytics/report?${range.toString()}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`The report answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { deliveries: number }).deliveries;
}

function request({ baseUrl, token }: ContractServer, resource: string, body: string): string {
  const { host, pathname } = new URL(baseUrl);
  return (
    `POST ${pathname === '/' ? '' : pathname}${path}${resource} HTTP/1.1\r\nhost: ${host}\r\n` +
    `authorization: Bearer ${token}\r\ncontent-type: application/json\r\nidempotency-key: ${randomUUID()}\r\n` +
    `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

async function post({ baseUrl, token }: ContractServer, resource: string, body: unknown): Promise<{ id: string }> {
  const answer = await fetch(`${baseUrl}${path}${resource}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`POST ${baseUrl}${path}${resource}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { id: string };
}

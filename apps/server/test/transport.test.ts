import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootKey, startTestServer, type TestServer } from './support/test-server.js';

/** Sends bytes over a real socket and returns all that comes back until the server closes the connection. */
async function talk(port: number, chunks: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (data) => (received += data.toString()));
  // The server may close while something is still being sent.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  for (const chunk of chunks) socket.write(chunk);
  await once(socket, 'close');
  return received;
}

function parse(response: string): { status: number; head: string; body: Record<string, unknown> } {
  const [head = '', body = ''] = response.split('\r\n\r\n');
  return {
    status: Number(head.split(' ')[1]),
    head: head.toLowerCase(),
    body: JSON.parse(body) as Record<string, unknown>,
  };
}

const common = `host: x\r\nauthorization: Bearer ${rootKey}\r\nconnection: close\r\n`;
const json = 'content-type: application/json\r\n';

describe('HTTP on a real socket', () => {
  let server: TestServer;
  let port: number;
  beforeAll(async () => {
    server = await startTestServer({ environment: { POSTRIDER_API_KEY: rootKey, PORT: '0' } });
    ({ port } = await server.server.listen());
  });
  afterAll(() => server.close());

  const rows: [string, string[], number, string][] = [
    ['no host', [`GET /api/v1/app HTTP/1.1\r\nconnection: close\r\n\r\n`], 400, 'bad_request'],
    ['two hosts', [`GET /api/v1/app HTTP/1.1\r\nhost: y\r\n${common}\r\n`], 400, 'bad_request'],
    ['two keys', [`GET /api/v1/app HTTP/1.1\r\nauthorization: Bearer x\r\n${common}\r\n`], 400, 'bad_request'],
    [
      'a length and chunks at once',
      [`POST /api/v1/app HTTP/1.1\r\n${common}${json}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
      400,
      'bad_request',
    ],
    ['noise', ['\u0016\u0003\u0001 what\r\n\r\n'], 400, 'bad_request'],
    [
      'headers of 20 KiB',
      [`GET /api/v1/app HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n${common}\r\n`],
      431,
      'headers_too_large',
    ],
    [
      'a length above the limit',
      [`POST /api/v1/app HTTP/1.1\r\n${common}${json}content-length: 70000\r\n\r\n{`],
      413,
      'payload_too_large',
    ],
    [
      'chunks that cross the limit',
      [
        `POST /api/v1/app HTTP/1.1\r\n${common}${json}transfer-encoding: chunked\r\n\r\n`,
        ...Array.from({ length: 9 }, () => `2000\r\n${' '.repeat(0x2000)}\r\n`),
      ],
      413,
      'payload_too_large',
    ],
    [
      'a body shorter than it says',
      [`POST /api/v1/app HTTP/1.1\r\n${common}${json}transfer-encoding: chunked\r\n\r\n5\r\n{"a"\r\n`],
      400,
      'bad_request',
    ],
  ];

  it.each(rows)('refuses %s and closes the connection', async (_, chunks, status, code) => {
    server.watched.writes.length = 0;
    const answer = parse(await talk(port, chunks));
    expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status, code });
    expect(answer.head).toContain('content-type: application/json; charset=utf-8');
    expect(answer.head).toContain('connection: close');
    expect(answer.head).toContain(`x-request-id: ${String(answer.body['requestId'])}`);
    expect(server.watched.writes).toEqual([]);
  });

  it('serves several requests on one connection', async () => {
    const get = `GET /api/v1/health/ping HTTP/1.1\r\nhost: x\r\n`;
    const received = await talk(port, [`${get}\r\n`, `${get}connection: close\r\n\r\n`]);
    expect(received.match(/204 No Content/g)).toHaveLength(2);
  });
});

describe('a request that does not arrive', () => {
  it('is answered with 408, its headers and its body alike', async () => {
    const server = await startTestServer({
      environment: { POSTRIDER_API_KEY: rootKey, PORT: '0' },
      timeouts: { headersMs: 300, requestMs: 600, checkEveryMs: 50 },
    });
    const { port } = await server.server.listen();
    const answers = await Promise.all([
      talk(port, ['GET /api/v1/app HTTP/1.1\r\nhost: x\r\n']),
      talk(port, [`POST /api/v1/app HTTP/1.1\r\n${common}${json}content-length: 100\r\n\r\n{`]),
    ]);
    for (const answer of answers.map(parse)) {
      expect(answer).toMatchObject({ status: 408, body: { code: 'request_timeout' } });
    }
    await server.close();
  });
});

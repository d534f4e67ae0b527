import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ApiError } from './api-error.js';
import { toProblemBody } from './problem.js';

/** By Node's codes for connections that broke a limit of the HTTP server. */
const byCode: Readonly<Record<string, ConstructorParameters<typeof ApiError>[0]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request_timeout', detail: 'The request did not arrive in time.' },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers_too_large', detail: 'The headers are too large.' },
};

const malformed = { status: 400, code: 'bad_request', detail: 'The request is not valid HTTP.' };

/** Answers what Node's HTTP parser refused, on the bare socket, and ends the connection. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  // The other side is gone, or an answer is already on its way.
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy(error);
    return;
  }
  const problem = new ApiError(byCode[error.code ?? ''] ?? malformed);
  const id = randomUUID();
  const body = JSON.stringify(toProblemBody(problem, { path: '', id }));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${id}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

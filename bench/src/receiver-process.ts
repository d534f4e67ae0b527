/**
 * A webhook receiver in a process of its own, cheap enough not to be the limit: it reads HTTP/1.1 off the socket by
 * hand, answers 200 and counts. Its parent asks it over IPC: `{ expect }` starts a round, the answer comes when that
 * many distinct deliveries have arrived.
 */
import { createServer, type Socket } from 'node:net';

export interface RoundRequest {
  readonly expect: number;
}

export interface RoundReport {
  /** Requests seen, duplicates included. */
  readonly requests: number;
  readonly distinct: number;
  /** Wall-clock time of the last distinct arrival, in milliseconds since the epoch. */
  readonly lastArrivalMs: number;
  /** Accept → received of each distinct delivery, in milliseconds, sorted. */
  readonly latenciesMs: readonly number[];
}

const headerEnd = Buffer.from('\r\n\r\n');
const answer = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
const nowMs = () => performance.timeOrigin + performance.now();

let expected = Number.POSITIVE_INFINITY;
let requests = 0;
let lastArrivalMs = 0;
let seen = new Set<string>();
let latenciesMs: number[] = [];

function arrive(id: string, body: string): void {
  requests += 1;
  if (seen.has(id)) return;
  seen.add(id);
  lastArrivalMs = nowMs();
  const sentAt = /"sentAtMs":([\d.]+)/.exec(body);
  if (sentAt?.[1] !== undefined) latenciesMs.push(lastArrivalMs - Number(sentAt[1]));
  if (seen.size >= expected) report();
}

function report(): void {
  expected = Number.POSITIVE_INFINITY;
  const result: RoundReport = {
    requests,
    distinct: seen.size,
    lastArrivalMs,
    latenciesMs: latenciesMs.sort((a, b) => a - b),
  };
  process.send?.(result);
}

function serve(socket: Socket): void {
  let buffered: Buffer = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    for (;;) {
      const end = buffered.indexOf(headerEnd);
      if (end < 0) return;
      const head = buffered.toString('latin1', 0, end);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      const bodyStart = end + headerEnd.length;
      if (buffered.length < bodyStart + length) return;
      const id = /webhook-id: (\S+)/i.exec(head)?.[1] ?? '';
      arrive(id, buffered.toString('latin1', bodyStart, bodyStart + Math.min(length, 64)));
      buffered = buffered.subarray(bodyStart + length);
      socket.write(answer);
    }
  });
}

process.on('message', (request: RoundRequest) => {
  seen = new Set();
  latenciesMs = [];
  requests = 0;
  expected = request.expect;
});
process.on('disconnect', () => process.exit(0));

const server = createServer(serve);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.({ port: address.port });
});

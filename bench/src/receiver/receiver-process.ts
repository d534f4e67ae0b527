/**
 * A webhook receiver in a process of its own, cheap enough not to be the limit: it reads HTTP/1.1 off the socket by
 * hand, answers and counts. Its parent asks it over IPC; the address says how it behaves:
 * `/e/<endpoint>?delayMs=200&status=500`.
 */
import { createServer, type Socket } from 'node:net';
import { parseTarget, type Behaviour } from './behaviour.ts';
import { BodyReader } from './body-reader.ts';

/** What the parent asks for. */
export type ReceiverRequest =
  /** Forgets what came before and reports when so many distinct deliveries were taken. */
  | { readonly kind: 'begin'; readonly expect: number; readonly beganAtMs: number }
  /** Goes on, and reports when so many were taken since the beginning. */
  | { readonly kind: 'expect'; readonly expect: number }
  /** Reports what there is now. */
  | { readonly kind: 'report' };

/** What was received since `begin`. */
export interface RoundReport {
  /** Requests seen, duplicates and refused ones included. */
  readonly requests: number;
  /** Requests that were answered with an error, as the endpoint is told to. */
  readonly refused: number;
  /** Requests for a delivery that had been taken before. */
  readonly duplicates: number;
  /** Deliveries taken with a 2xx, each counted once. */
  readonly distinct: number;
  /** Wall-clock time of the first and the last of them, in milliseconds since the epoch. */
  readonly firstArrivalMs: number;
  readonly lastArrivalMs: number;
  /** Publish → received of each of them, in milliseconds, sorted. */
  readonly latenciesMs: Float64Array;
  /** 1 at the number of each message of which at least one delivery was taken. */
  readonly messages: Uint8Array;
}

/** More endpoints than any scenario has: the key of a delivery is its message's number and its endpoint's. */
const endpointsMax = 100_000;
/** The head of a payload that says what it is: see `createPayloads`. */
const headBytes = 128;
/** Clocks of processes differ a little. */
const clockToleranceMs = 50;
const nowMs = () => performance.timeOrigin + performance.now();

let beganAtMs = 0;
let expected = Number.POSITIVE_INFINITY;
let requests = 0;
let refused = 0;
let duplicates = 0;
let firstArrivalMs = 0;
let lastArrivalMs = 0;
let seen = new Set<number>();
let latenciesMs: number[] = [];

function arrive(endpoint: number, body: string): void {
  const [, sentAtMs, number] = /"sentAtMs":([\d.]+),"n":(\d+)/.exec(body) ?? [];
  // A straggler of an earlier round must not pass for a message of this one.
  if (Number(sentAtMs) < beganAtMs - clockToleranceMs) return;
  const key = Number(number ?? 0) * endpointsMax + endpoint;
  if (seen.has(key)) {
    duplicates += 1;
    return;
  }
  seen.add(key);
  lastArrivalMs = nowMs();
  if (seen.size === 1) firstArrivalMs = lastArrivalMs;
  latenciesMs.push(lastArrivalMs - Number(sentAtMs));
  if (seen.size >= expected) report();
}

function report(): void {
  expected = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const key of seen) largest = Math.max(largest, key);
  const messages = new Uint8Array(Math.floor(largest / endpointsMax) + 1);
  for (const key of seen) messages[Math.floor(key / endpointsMax)] = 1;
  const result: RoundReport = {
    requests,
    refused,
    duplicates,
    distinct: seen.size,
    firstArrivalMs,
    lastArrivalMs,
    latenciesMs: Float64Array.from(latenciesMs).sort(),
    messages,
  };
  process.send?.(result);
}

function take(socket: Socket, { endpoint, status, delayMs, answer }: Behaviour, body: Buffer): void {
  requests += 1;
  if (status < 300) arrive(endpoint, body.toString('latin1', 0, headBytes));
  else refused += 1;
  if (delayMs === 0) socket.write(answer);
  else setTimeout(() => void socket.write(answer), delayMs);
}

function serve(socket: Socket): void {
  const reader = new BodyReader((head, body) => take(socket, parseTarget(head), body));
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => reader.push(chunk));
}

process.on('message', (request: ReceiverRequest) => {
  if (request.kind === 'begin') {
    ({ beganAtMs } = request);
    seen = new Set();
    latenciesMs = [];
    requests = 0;
    refused = 0;
    duplicates = 0;
  }
  if (request.kind !== 'report') expected = request.expect;
  if (request.kind === 'report' || seen.size >= expected) report();
});
process.on('disconnect', () => process.exit(0));

const server = createServer(serve);
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.({ port: address.port });
});

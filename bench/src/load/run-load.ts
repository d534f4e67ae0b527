import { openConnection, type Connection } from './exchange.ts';

/** What to send, and how fast. */
export interface LoadOptions {
  /** Where to connect to; the connections are shared out among them. */
  readonly baseUrls: readonly string[];
  /** Requests under way at once, at most. */
  readonly connections: number;
  /** The complete request number `n`, made when it is sent; `startedMs` is when it was due. */
  readonly makeRequest: (n: number, startedMs: number, baseUrl: string) => string;
  /** Ends after so many requests, or so many milliseconds, whichever comes first. */
  readonly requests?: number | undefined;
  readonly durationMs?: number | undefined;
  /** Requests per second, evenly spread. Default: closed loop, each connection sends as soon as it has its answer. */
  readonly ratePerSecond?: number | undefined;
}

export interface LoadReport {
  /** Answers by status code; `broken` are connections that ended before their answer. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly accepted: number;
  /** Answers 429 and 503, and those of them without `retry-after`. */
  readonly refused: number;
  readonly refusedWithoutHint: number;
  /** 1 at the number of each request that was answered with a 2xx. */
  readonly acceptedNumbers: Uint8Array;
  readonly firstRequestMs: number;
  readonly lastAnswerMs: number;
  /** Due → answer of the accepted requests, in milliseconds, sorted. */
  readonly latenciesMs: Float64Array;
}

const reconnectAfterMs = 50;
const nowMs = () => performance.timeOrigin + performance.now();
const sleep = (delayMs: number) => new Promise<void>((resolve) => void setTimeout(resolve, delayMs));

/**
 * Publishes as told and counts the answers. With a rate, a request that had to wait for a free connection counts from
 * when it was due, so that a server that stalls cannot hide it.
 */
export async function runLoad(options: LoadOptions): Promise<LoadReport> {
  const { requests = Number.POSITIVE_INFINITY, durationMs = Number.POSITIVE_INFINITY, ratePerSecond } = options;
  const statuses: Record<string, number> = {};
  const latenciesMs: number[] = [];
  const accepted: number[] = [];
  const firstRequestMs = nowMs();
  let refused = 0;
  let refusedWithoutHint = 0;
  let next = 0;

  const runConnection = async (baseUrl: string): Promise<void> => {
    let connection: Connection | undefined;
    while (next < requests && nowMs() - firstRequestMs < durationMs) {
      if (connection?.isOpen !== true) {
        connection = await openConnection(baseUrl).catch(() => undefined);
        if (connection === undefined) {
          await sleep(reconnectAfterMs);
          continue;
        }
      }
      if (next >= requests) break;
      const n = next;
      next += 1;
      const dueMs = ratePerSecond === undefined ? nowMs() : firstRequestMs + (n * 1_000) / ratePerSecond;
      const earlyMs = dueMs - nowMs();
      if (earlyMs > 0) await sleep(earlyMs);
      if (dueMs - firstRequestMs >= durationMs) break;
      const startedMs = earlyMs > 0 ? nowMs() : dueMs;
      const answer = await connection.exchange(options.makeRequest(n, startedMs, baseUrl));
      const status = answer?.status ?? 'broken';
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (answer === undefined) continue;
      if (answer.status < 300) {
        accepted.push(n);
        latenciesMs.push(nowMs() - startedMs);
      } else if (answer.status === 429 || answer.status === 503) {
        refused += 1;
        if (!answer.hasRetryAfter) refusedWithoutHint += 1;
      }
    }
    connection?.close();
  };

  await Promise.all(
    Array.from({ length: options.connections }, (_, index) =>
      runConnection(options.baseUrls[index % options.baseUrls.length] ?? ''),
    ),
  );
  const acceptedNumbers = new Uint8Array(next);
  for (const n of accepted) acceptedNumbers[n] = 1;
  return {
    statuses,
    accepted: accepted.length,
    refused,
    refusedWithoutHint,
    acceptedNumbers,
    firstRequestMs,
    lastAnswerMs: nowMs(),
    latenciesMs: Float64Array.from(latenciesMs).sort(),
  };
}

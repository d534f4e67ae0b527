/**
 * A closed-loop HTTP/1.1 load generator: each connection sends its next request when the answer to the last one is
 * there. Raw sockets, so that generating costs little beside serving.
 */
import { connect } from 'node:net';
import { once } from 'node:events';

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly requests: number;
  /** The complete request, made fresh each time. */
  readonly makeRequest: () => string;
}

export interface LoadReport {
  /** Answers by status code. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly firstRequestMs: number;
  readonly lastAnswerMs: number;
  /** Request → answer, in milliseconds, sorted. */
  readonly latenciesMs: readonly number[];
}

const nowMs = () => performance.timeOrigin + performance.now();

export async function runLoad(options: LoadOptions): Promise<LoadReport> {
  const statuses: Record<string, number> = {};
  const latenciesMs: number[] = [];
  let left = options.requests;
  const firstRequestMs = nowMs();

  const runConnection = async (): Promise<void> => {
    const socket = connect({ port: options.port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    let sentAtMs = 0;
    const sendNext = () => {
      if (left <= 0) {
        socket.end();
        return;
      }
      left -= 1;
      sentAtMs = nowMs();
      socket.write(options.makeRequest());
    };
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const headEnd = text.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < headEnd + 4 + length) return;
      const status = text.slice(9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      latenciesMs.push(nowMs() - sentAtMs);
      text = '';
      sendNext();
    });
    sendNext();
    await once(socket, 'close');
  };

  await Promise.all(Array.from({ length: options.connections }, runConnection));
  return { statuses, firstRequestMs, lastAnswerMs: nowMs(), latenciesMs: latenciesMs.sort((a, b) => a - b) };
}

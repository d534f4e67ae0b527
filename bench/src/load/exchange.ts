import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** An answer: its status and whether it said when to come back. */
export interface Answer {
  readonly status: number;
  readonly hasRetryAfter: boolean;
}

/** A kept connection with one request under way at a time. */
export interface Connection {
  /** Sends the request; `undefined` when the connection broke before the answer was there. */
  exchange(request: string): Promise<Answer | undefined>;
  readonly isOpen: boolean;
  close(): void;
}

/** Connects; rejects when nobody listens. Raw sockets, so that generating load costs little beside serving it. */
export async function openConnection(baseUrl: string): Promise<Connection> {
  const { protocol, hostname, port } = new URL(baseUrl);
  const isTls = protocol === 'https:';
  const target = { host: hostname, port: Number(port) || (isTls ? 443 : 80), noDelay: true };
  const socket: Socket = isTls ? connectTls({ ...target, servername: hostname }) : connectPlain(target);
  await once(socket, isTls ? 'secureConnect' : 'connect');
  let settle: ((answer: Answer | undefined) => void) | undefined;
  let text = '';
  const end = (answer: Answer | undefined): void => {
    const waiting = settle;
    settle = undefined;
    text = '';
    waiting?.(answer);
  };
  socket.on('error', () => socket.destroy());
  socket.on('close', () => end(undefined));
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    const answer = parseAnswer(text);
    if (answer !== undefined) end(answer);
  });
  return {
    exchange: (request) =>
      new Promise((resolve) => {
        settle = resolve;
        if (socket.destroyed || !socket.writable) end(undefined);
        else socket.write(request);
      }),
    get isOpen() {
      return !socket.destroyed && socket.writable;
    },
    close: () => void socket.end(),
  };
}

/** The answer in the text, once it is complete. */
function parseAnswer(text: string): Answer | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = text.slice(0, headEnd);
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  const isComplete =
    length === undefined && /transfer-encoding: chunked/i.test(head)
      ? text.endsWith('0\r\n\r\n')
      : text.length >= headEnd + 4 + Number(length ?? 0);
  if (!isComplete) return undefined;
  return { status: Number(text.slice(9, 12)), hasRetryAfter: /\r\nretry-after: /i.test(head) };
}

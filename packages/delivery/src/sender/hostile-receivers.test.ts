import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { systemClock } from '@postrider/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEgressPolicy } from '../egress/egress-policy.js';
import { createSender, type HttpSender } from './http-sender.js';
import { maxKeptBodyBytes } from './response-text.js';
import type { SendResult } from './sender.js';

const deadlineMs = 400;
/** How much later than its deadline an attempt may end. */
const graceMs = 500;

type Behaviour = (socket: Socket) => void;

/** Writes again and again until the other side has gone, giving it a turn after each chunk. */
function writeForEver(socket: Socket, chunk: string | Buffer): void {
  socket.write(chunk, (error) => {
    if (!error && !socket.destroyed) writeForEver(socket, chunk);
  });
}

/** Writes one byte at a time, then the last byte for ever. */
function drip(socket: Socket, text: string): void {
  const [first = ''] = text;
  socket.write(first);
  systemClock.setTimeout(() => {
    if (!socket.destroyed) drip(socket, text.length > 1 ? text.slice(1) : text);
  }, 10);
}

/** Writes the text every 50 ms. */
function repeat(socket: Socket, text: string): void {
  socket.write(text);
  systemClock.setTimeout(() => {
    if (!socket.destroyed) repeat(socket, text);
  }, 50);
}

const OK = 'HTTP/1.1 200 OK\r\n';
const timeout = { kind: 'error', error: 'timeout' };
const reset = { kind: 'error', error: 'connection_reset' };
const malformed = { kind: 'error', error: 'protocol_error' };
const delivered = { kind: 'response', statusCode: 200 };

const receivers: [name: string, behaviour: Behaviour, expected: object][] = [
  ['never answers', () => {}, timeout],
  ['never reads', (socket) => socket.pause(), timeout],
  [
    'floods with 103',
    (socket) => writeForEver(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(100)),
    malformed,
  ],
  ['sends a 103 now and then', (socket) => repeat(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n'), timeout],
  ['floods with 100', (socket) => writeForEver(socket, 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100)), malformed],
  ['drips headers', (socket) => drip(socket, `${OK}x-slow: a`), timeout],
  [
    'drips the body',
    (socket) => {
      socket.write(`${OK}content-length: 999999\r\n\r\n`);
      drip(socket, 'a');
    },
    delivered,
  ],
  [
    'drips chunks',
    (socket) => {
      socket.write(`${OK}transfer-encoding: chunked\r\n\r\n`);
      drip(socket, '1\r\na\r\n'.repeat(1000));
    },
    delivered,
  ],
  [
    'sends chunks for ever',
    (socket) => {
      socket.write(`${OK}transfer-encoding: chunked\r\n\r\n`);
      writeForEver(socket, `1000\r\n${'a'.repeat(4096)}\r\n`);
    },
    delivered,
  ],
  [
    'sends 1 GiB',
    (socket) => {
      socket.write(`${OK}content-length: 1073741824\r\n\r\n`);
      writeForEver(socket, Buffer.alloc(65_536, 'a'));
    },
    delivered,
  ],
  ['sends half of the body and closes', (socket) => socket.end(`${OK}content-length: 10\r\n\r\nhalf`), delivered],
  [
    'sends half of the body and resets',
    (socket) => {
      socket.write(`${OK}content-length: 10\r\n\r\nhalf`, () =>
        systemClock.setTimeout(() => socket.resetAndDestroy(), 20),
      );
    },
    delivered,
  ],
  ['sends broken chunks', (socket) => socket.write(`${OK}transfer-encoding: chunked\r\n\r\nnonsense\r\n`), delivered],
  [
    'sends a header of 64 KiB',
    (socket) => socket.write(`${OK}x-big: ${'a'.repeat(65_536)}\r\n\r\n`),
    { kind: 'error', error: 'response_too_large_header' },
  ],
  [
    'sends headers for ever',
    (socket) => {
      socket.write(OK);
      writeForEver(socket, 'x-more: a\r\n'.repeat(1000));
    },
    { kind: 'error', error: 'response_too_large_header' },
  ],
  ['sends a broken status line', (socket) => socket.write('HTTP/1.1 OK\r\n\r\n'), malformed],
  ['speaks HTTP/0.9', (socket) => socket.end('<html>hello</html>'), malformed],
  ['speaks another protocol', (socket) => socket.write('220 mail.example.com ESMTP\r\n'), malformed],
  ['sends garbage', (socket) => socket.write(Buffer.alloc(100_000, 0xff)), malformed],
  [
    'switches protocols',
    (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'),
    malformed,
  ],
  ['gives two lengths', (socket) => socket.write(`${OK}content-length: 2\r\ncontent-length: 3\r\n\r\nok`), malformed],
  [
    'gives a length and chunks',
    (socket) => socket.write(`${OK}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`),
    malformed,
  ],
  ['resets', (socket) => socket.resetAndDestroy(), reset],
  ['closes', (socket) => socket.end(), reset],
  ['closes within the headers', (socket) => socket.end(`${OK}x-half: `), reset],
  [
    'sends a body with 204',
    (socket) => socket.write('HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\nok'),
    { kind: 'response', statusCode: 204, body: '' },
  ],
  [
    'has a status beyond 599',
    (socket) => socket.end('HTTP/1.1 799 Odd\r\ncontent-length: 0\r\n\r\n'),
    { kind: 'response', statusCode: 799 },
  ],
];

const bodyOf = (result: SendResult): string => (result.kind === 'response' ? result.body : '');

describe('a hostile receiver', () => {
  let server: Server;
  let sender: HttpSender;
  let behave: Behaviour;
  const sockets = new Set<Socket>();

  beforeEach(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
      socket.once('readable', () => {
        socket.resume();
        behave(socket);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    sender = createSender({ policy: createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] }) });
  });

  afterEach(async () => {
    await sender.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  const send = (body = '{"a":1}'): Promise<SendResult> => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return sender.send({ url, headers: { 'content-type': 'application/json' }, body, deadlineMs });
  };

  it.each(receivers)('that %s', async (_name, behaviour, expected) => {
    behave = behaviour;
    const startedMs = systemClock.monotonicMs();
    const result = await send();
    const tookMs = systemClock.monotonicMs() - startedMs;
    expect(result).toMatchObject(expected);
    expect(tookMs).toBeLessThanOrEqual(deadlineMs + graceMs);
    expect(result.durationMs).toBeLessThanOrEqual(tookMs);
    expect(Buffer.byteLength(bodyOf(result))).toBeLessThanOrEqual(maxKeptBodyBytes);
  });

  it('that takes in a large body without end is left at the deadline', async () => {
    behave = (socket) => socket.pause();
    expect(await send(JSON.stringify('a'.repeat(8 * 1024 * 1024)))).toMatchObject(timeout);
  });

  it('that redirects is not followed', async () => {
    let connections = 0;
    const target = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    const location = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`;
    behave = (socket) => socket.end(`HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`);
    expect(await send()).toMatchObject({ kind: 'response', statusCode: 302 });
    expect(connections).toBe(0);
    await new Promise((resolve) => target.close(resolve));
  });

  it('that sends a decompression bomb gets it stored as it came', async () => {
    const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024, 'a'));
    behave = (socket) => {
      socket.write(`${OK}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`);
      socket.write(bomb);
    };
    const result = await send();
    expect(result).toMatchObject(delivered);
    expect(bodyOf(result).startsWith('\u001F\uFFFD')).toBe(true);
    expect(bodyOf(result)).not.toContain('aaaa');
  });

  it('that answers twice does not answer the next request', async () => {
    const answer = (text: string): string => `${OK}content-length: ${text.length}\r\n\r\n${text}`;
    let answers = 0;
    behave = (socket) => {
      answers += 1;
      socket.write(answers === 1 ? answer('first') + answer('poison') : answer('second'));
    };
    expect(await send()).toMatchObject({ ...delivered, body: 'first' });
    expect(await send()).toMatchObject({ ...delivered, body: 'second' });
  });

  it('does not hold up the next request to the same origin', async () => {
    behave = () => {};
    expect(await send()).toMatchObject(timeout);
    behave = (socket) => socket.write(`${OK}content-length: 2\r\n\r\nok`);
    expect(await send()).toMatchObject({ ...delivered, body: 'ok' });
  });
});

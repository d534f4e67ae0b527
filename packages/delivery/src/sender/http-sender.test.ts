import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { FakeClock } from '@postrider/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEgressPolicy } from '../egress/egress-policy.js';
import type { Resolver } from '../egress/resolver.js';
import { createSender, type HttpSender, type HttpSenderOptions } from './http-sender.js';
import type { SendRequest } from './sender.js';

/** Valid for hooks.example.com alone, signed by itself, for tests only. */
const certificate = readFileSync(new URL('http-sender.test-certificate.pem', import.meta.url), 'utf8');

const policy = createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] });
const toLoopback: Resolver = async () => [{ address: '127.0.0.1', family: 4 }];

interface Received {
  readonly request: IncomingMessage;
  readonly body: string;
}

describe('createSender', () => {
  let server: Server;
  let port: number;
  let answer: (received: Received, response: Parameters<RequestListener>[1]) => void;
  let received: Received[];
  let connections: number;
  let senders: HttpSender[];

  const listen = async (listening: Server): Promise<number> => {
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return (listening.address() as AddressInfo).port;
  };

  const receive: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const entry = { request, body: Buffer.concat(chunks).toString() };
      received.push(entry);
      answer(entry, response);
    });
  };

  beforeEach(async () => {
    received = [];
    connections = 0;
    senders = [];
    answer = (_received, response) => response.end('thanks');
    server = createServer(receive);
    server.on('connection', () => (connections += 1));
    port = await listen(server);
  });

  afterEach(async () => {
    await Promise.all(senders.map((sender) => sender.close()));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const create = (options: HttpSenderOptions = {}): HttpSender => {
    const sender = createSender({ policy, resolve: toLoopback, ...options });
    senders.push(sender);
    return sender;
  };

  const request = (change: Partial<SendRequest> = {}): SendRequest => ({
    url: `http://127.0.0.1:${port}/hook?a=b#c`,
    headers: { 'content-type': 'application/json', 'webhook-id': 'msg_1' },
    body: '{"né":"😀"}',
    deadlineMs: 5_000,
    ...change,
  });

  it('tells when the request is written, once, before anything of the answer', async () => {
    const events: string[] = [];
    answer = (_received, response) => {
      events.push('received');
      response.end('thanks');
    };
    await create().send(request({ onWritten: () => events.push('written') }));
    events.push('answered');
    expect(events).toEqual(['written', 'received', 'answered']);
  });

  it('posts the body as given, and sets host, length and encoding itself', async () => {
    const headers = {
      ...request().headers,
      host: 'evil.example.com',
      'content-length': '1',
      'accept-encoding': 'gzip',
    };
    const result = await create().send(request({ headers }));
    expect(result).toMatchObject({ kind: 'response', statusCode: 200, body: 'thanks' });
    expect(result.durationMs).toBeGreaterThan(0);
    expect(received).toHaveLength(1);
    expect(received[0]?.body).toBe('{"né":"😀"}');
    expect(received[0]?.request).toMatchObject({ method: 'POST', url: '/hook?a=b' });
    expect(received[0]?.request.headers).toEqual({
      host: `127.0.0.1:${port}`,
      connection: 'keep-alive',
      'content-type': 'application/json',
      'content-length': '14',
      'webhook-id': 'msg_1',
      'accept-encoding': 'identity',
    });
  });

  it('sends bytes as given', async () => {
    await create().send(request({ body: Buffer.from('xx{"a":1}').subarray(2) }));
    expect(received[0]?.body).toBe('{"a":1}');
  });

  it('gives back status and Retry-After of a refusal', async () => {
    answer = (_received, response) =>
      response
        .writeHead(
          429,
          [
            ['retry-after', '7'],
            ['retry-after', '9'],
          ].flat(),
        )
        .end();
    expect(await create().send(request())).toMatchObject({
      kind: 'response',
      statusCode: 429,
      body: '',
      retryAfter: '7',
    });
  });

  it('keeps connections for the next request', async () => {
    const sender = create({ connectionsPerOrigin: 1 });
    for (let attempt = 0; attempt < 3; attempt += 1) await sender.send(request());
    expect(received).toHaveLength(3);
    expect(connections).toBe(1);
  });

  it('reaches a name, with the dot of the root or without', async () => {
    const sender = create();
    for (const host of ['hooks.example.com', 'hooks.example.com.']) {
      expect(await sender.send(request({ url: `http://${host}:${port}/` }))).toMatchObject({ statusCode: 200 });
    }
    expect(received.map(({ request: { headers } }) => headers.host)).toEqual([
      `hooks.example.com:${port}`,
      `hooks.example.com:${port}`,
    ]);
  });

  describe('over TLS', () => {
    let tlsServer: Server;
    let tlsPort: number;

    beforeEach(async () => {
      tlsServer = createTlsServer({ key: certificate, cert: certificate }, receive);
      tlsPort = await listen(tlsServer);
    });
    afterEach(async () => {
      tlsServer.closeAllConnections();
      await new Promise((resolve) => tlsServer.close(resolve));
    });

    const post = (host: string, options: HttpSenderOptions = {}) =>
      create(options).send(request({ url: `https://${host}:${tlsPort}/` }));
    const refused = { kind: 'error', error: 'tls_error' };

    it('delivers when the certificate is trusted and for the name', async () => {
      expect(await post('hooks.example.com', { ca: certificate })).toMatchObject({ statusCode: 200 });
      expect(await post('hooks.example.com.', { ca: certificate })).toMatchObject({ statusCode: 200 });
    });

    it('sends nothing when the certificate is not trusted, or for another name or for none', async () => {
      expect(await post('hooks.example.com')).toMatchObject({ ...refused, lasting: true });
      expect(await post('other.example.com', { ca: certificate })).toMatchObject(refused);
      expect(await post('127.0.0.1', { ca: certificate })).toMatchObject(refused);
      expect(received).toEqual([]);
    });

    it('fails when the receiver does not speak it', async () => {
      expect(await create().send(request({ url: `https://127.0.0.1:${port}/` }))).toMatchObject(refused);
    });
  });

  describe('without an answer', () => {
    const failure = (error: string) => ({ kind: 'error', error });

    it.each([
      ['a private address', 'http://10.0.0.1/', 'special'],
      ['a disguised metadata address', 'http://0xa9fea9fe/', 'metadata'],
      ['a loopback address', 'http://[::1]/', 'loopback'],
      ['a local name', 'http://intranet/', 'url'],
      ['no URL', 'nonsense', 'url'],
      ['another scheme', 'file:///etc/passwd', 'url'],
      ['a port of another protocol', 'http://hooks.example.com:25/', 'url'],
    ])('is blocked, before any connection and name resolution, for %s', async (_what, url, blocked) => {
      const resolve: Resolver = () => Promise.reject(new Error('must not be asked'));
      expect(await create({ resolve }).send(request({ url }))).toMatchObject({
        ...failure('blocked_address'),
        blocked,
      });
    });

    it('is blocked when a name has an address that is not allowed', async () => {
      const resolve: Resolver = async () => [{ address: '169.254.169.254', family: 4 }];
      expect(await create({ resolve }).send(request({ url: 'http://hooks.example.com/' }))).toMatchObject({
        ...failure('blocked_address'),
        blocked: 'metadata',
      });
    });

    it('by default allows no address of this machine', async () => {
      const sender = create({ policy: undefined });
      expect(await sender.send(request())).toMatchObject(failure('blocked_address'));
      expect(connections).toBe(0);
    });

    it('is a DNS error when the name has none', async () => {
      const post = (code: string) => {
        const resolve: Resolver = () => Promise.reject(Object.assign(new Error(code), { code }));
        return create({ resolve }).send(request({ url: 'http://hooks.example.com/' }));
      };
      expect(await post('ENOTFOUND')).toMatchObject({ ...failure('dns_error'), lasting: true });
      expect(await post('EAI_AGAIN')).not.toHaveProperty('lasting');
    });

    it('is refused when nobody listens', async () => {
      const closing = createServer();
      const closedPort = await listen(closing);
      await new Promise((resolve) => closing.close(resolve));
      expect(await create().send(request({ url: `http://127.0.0.1:${closedPort}/` }))).toMatchObject(
        failure('connection_refused'),
      );
    });

    const unanswered: Resolver = () => new Promise(() => {});

    it('is a connect timeout when connecting takes too long', async () => {
      const sender = create({ resolve: unanswered, connectTimeoutMs: 100 });
      expect(await sender.send(request({ url: 'http://hooks.example.com/' }))).toMatchObject(
        failure('connect_timeout'),
      );
    });

    it('is a timeout when the deadline comes first, name resolution included', async () => {
      const clock = new FakeClock();
      const sender = create({ resolve: unanswered, clock });
      const sending = sender.send(request({ url: 'http://hooks.example.com/', deadlineMs: 2_000 }));
      await clock.advance(2_000);
      expect(await sending).toEqual({ ...failure('timeout'), durationMs: 2_000 });
    });

    it('is our own fault when the request cannot be written', async () => {
      const headers = { 'x-custom': 'a\r\nx-injected: b' };
      const result = await create().send(request({ headers }));
      expect(result).toMatchObject({ ...failure('internal'), cause: { message: 'invalid x-custom header' } });
      expect(received).toEqual([]);
    });
  });

  it('takes an answer that came in time, though this process stood still until after the deadline', async () => {
    // A receiver that this thread cannot hold up: it answers 100 ms after the request.
    const receiver = new Worker(
      `const server = require('node:http').createServer((request, response) =>
         request.resume().on('end', () => setTimeout(() => response.end('in time'), 100)));
       server.listen(0, '127.0.0.1', () => require('node:worker_threads').parentPort.postMessage(server.address().port));`,
      { eval: true },
    );
    const [receiverPort] = (await once(receiver, 'message')) as [number];
    const url = `http://127.0.0.1:${receiverPort}/`;
    const onWritten = (): void => {
      setImmediate(() => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500));
    };
    const result = await create().send(request({ url, deadlineMs: 1_000, onWritten }));
    expect(result).toMatchObject({ kind: 'response', statusCode: 200 });
    await receiver.terminate();
  });

  it('never sends a request whose deadline passed while it waited for a connection', async () => {
    const clock = new FakeClock();
    const sender = create({ clock, connectionsPerOrigin: 1 });
    const held = Promise.withResolvers<() => void>();
    answer = (_received, response) => held.resolve(() => void response.end('late'));
    const first = sender.send(request({ deadlineMs: 60_000 }));
    const release = await held.promise;
    const second = sender.send(request({ deadlineMs: 1_000 }));
    await clock.advance(1_000);
    expect(await second).toMatchObject({ kind: 'error', error: 'timeout' });
    answer = (_received, response) => response.end('third');
    release();
    expect(await first).toMatchObject({ body: 'late' });
    expect(await sender.send(request())).toMatchObject({ body: 'third' });
    expect(received).toHaveLength(2);
  });

  describe('when cut off', () => {
    const aborted = { kind: 'error', error: 'aborted' };

    it('by a signal beforehand, sends nothing', async () => {
      expect(await create().send(request({ signal: AbortSignal.abort() }))).toMatchObject(aborted);
      expect(received).toEqual([]);
    });

    it('by a signal before the status line, ends at once and closes the connection', async () => {
      const closed = Promise.withResolvers<void>();
      const controller = new AbortController();
      answer = ({ request: { socket } }) => {
        socket.on('close', () => closed.resolve());
        controller.abort();
      };
      expect(await create().send(request({ signal: controller.signal }))).toMatchObject(aborted);
      await closed.promise;
    });

    it('by close, ends what is under way and takes nothing more, however often it is closed', async () => {
      const sender = create();
      const arrived = Promise.withResolvers<void>();
      answer = () => arrived.resolve();
      const sending = sender.send(request());
      await arrived.promise;
      await Promise.all([sender.close(), sender.close()]);
      expect(await sending).toMatchObject(aborted);
      expect(await sender.send(request())).toMatchObject(aborted);
    });
  });

  describe('replacePolicy', () => {
    it('blocks what was allowed, kept connections included, and allows what was blocked', async () => {
      const sender = create({ connectionsPerOrigin: 1 });
      expect(await sender.send(request())).toMatchObject({ statusCode: 200 });
      sender.replacePolicy(createEgressPolicy());
      expect(await sender.send(request())).toMatchObject({ kind: 'error', error: 'blocked_address' });
      expect(received).toHaveLength(1);
      sender.replacePolicy(policy);
      expect(await sender.send(request())).toMatchObject({ statusCode: 200 });
      expect(connections).toBe(2);
    });

    it('lets requests under way end', async () => {
      const sender = create();
      answer = (_received, response) => {
        sender.replacePolicy(createEgressPolicy());
        response.end('done');
      };
      expect(await sender.send(request())).toMatchObject({ statusCode: 200, body: 'done' });
    });
  });
});

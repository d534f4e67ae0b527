import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';

let echo: Server;
let proxy: FaultProxy;
let client: Socket;

beforeEach(async () => {
  echo = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await startFaultProxy({ port: (echo.address() as AddressInfo).port });
  client = await open();
});

afterEach(async () => {
  client.destroy();
  await proxy.close();
  echo.close();
});

function connectQuietly(): Socket {
  return connect({ host: proxy.host, port: proxy.port }).on('error', () => undefined);
}

async function open(): Promise<Socket> {
  const socket = connectQuietly();
  await once(socket, 'connect');
  return socket;
}

/** `once` of node:events would reject: a reset is an error, too. */
async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
}

async function ask(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk.toString();
}

it('passes bytes on in both directions', async () => {
  expect(await ask(client, 'one')).toBe('one');
  expect(proxy.connections).toBe(1);
});

it('holds bytes back', async () => {
  proxy.latency(40);
  const startedMs = performance.now();
  await ask(client, 'late');
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(79);
});

it('swallows bytes in a black hole, and cuts what it swallowed from when it heals', async () => {
  await ask(client, 'before');
  proxy.blackhole();
  let heard = '';
  client.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  client.write('lost');
  const other = await open(); // Connecting still works: that is what makes a black hole nasty.
  other.destroy();
  proxy.heal();
  await closed(client);
  expect(heard).toBe('');
  client = await open();
  expect(await ask(client, 'after')).toBe('after');
});

it('resets connections once', async () => {
  await ask(client, 'before');
  proxy.reset();
  await closed(client);
  client = await open();
  expect(await ask(client, 'after')).toBe('after');
});

it('cuts an answer short', async () => {
  proxy.closeAfter(4);
  expect(await ask(client, 'abcd')).toBe('abcd');
  client.write('e');
  await closed(client);
});

it('refuses connections until it heals', async () => {
  proxy.refuse();
  await closed(client);
  await closed(connectQuietly());
  proxy.heal();
  client = await open();
  expect(await ask(client, 'after')).toBe('after');
});

it('limits the rate towards the client', async () => {
  proxy.limit(1_000);
  const startedMs = performance.now();
  await ask(client, 'x'.repeat(100));
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(99);
});

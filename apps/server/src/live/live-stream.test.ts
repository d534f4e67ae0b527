import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeClock } from '@postrider/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveStream } from './live-stream.js';

const event = (n: number) => ({ id: `e${n}`, type: 'attempt', data: { n, filling: 'x'.repeat(1_000) } });

describe('a stream of events', () => {
  let server: Server;
  let clock: FakeClock;
  let answer: IncomingMessage;
  let response: ServerResponse;

  beforeEach(async () => {
    clock = new FakeClock();
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const asked = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
    const client = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
    client.on('error', () => undefined);
    client.end();
    [, response] = await asked;
    const answered = once(client, 'response') as Promise<[IncomingMessage]>;
    response.writeHead(200).write('\n');
    [answer] = await answered;
    answer.on('error', () => undefined);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const open = (mayGoOn: () => Promise<boolean> = () => Promise.resolve(true)) => {
    const ended = Promise.withResolvers<void>();
    const params = { response, clock, isWanted: () => true, mayGoOn, ended: ended.resolve };
    return { stream: new LiveStream(params), ended: ended.promise };
  };

  it('is cut off when its reader takes nothing, with little kept in memory', async () => {
    const { stream, ended } = open();
    answer.pause();
    let most = 0;
    for (let n = 0; n < 20_000 && !response.destroyed; n += 1) {
      stream.next(event(n));
      most = Math.max(most, response.writableLength);
    }
    await ended;
    expect(most).toBeLessThan(300 * 1_024);
    expect(() => stream.next(event(1))).not.toThrow();
  });

  it('shows that it is alive, and ends once its key is good no more, but not because nobody can tell', async () => {
    let verdict: () => Promise<boolean> = () => Promise.reject(new Error('away'));
    const { ended } = open(() => verdict());
    let text = '';
    const over = once(answer, 'end');
    answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await clock.advance(15_000);
    await expect.poll(() => text).toContain(': still here\n\n');
    verdict = () => Promise.resolve(false);
    await clock.advance(5_000);
    await ended;
    await over;
  });
});

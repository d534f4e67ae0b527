import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What a broken Redis says to every command: nonsense, the first half of an answer before it hangs up, or nothing. */
export type Breakage = 'garbage' | 'half an answer' | 'nothing';

const answers: Readonly<Record<Breakage, (socket: Socket) => void>> = {
  garbage: (socket) => void socket.write('\u0000HTTP/1.1 200 no\r\n$-7\r\n*abc\r\n'),
  'half an answer': (socket) => void socket.end('$1000\r\n{"state":'),
  nothing: () => undefined,
};

/** Listens where a Redis should be. */
export interface BrokenRedis {
  readonly url: string;
  /** Commands that it did not understand so far, so that a test knows that it was asked. */
  readonly asked: number;
  break(how: Breakage): void;
  close(): Promise<void>;
}

/** Starts it on a free loopback port; it answers garbage at first. */
export async function startBrokenRedis(): Promise<BrokenRedis> {
  let how: Breakage = 'garbage';
  let asked = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined); // 'close' follows
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', () => {
      asked += 1;
      answers[how](socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    get asked() {
      return asked;
    },
    break: (next) => void (how = next),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * Receivers of ill will in a process of their own, so that what they cost is not taken for a cost of the sender: a server
 * for each kind of manners. Tells its parent their addresses, and ends with it.
 */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

const dripMs = 50;

/** What a receiver of bad will does with a connection, once something has arrived. */
const manners: Readonly<Record<string, (socket: Socket) => void>> = {
  'never answers': () => undefined,
  'drips a header': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx-drip: ');
    dripUntilClosed(socket, 'x');
  },
  'drips a body': (socket) => {
    socket.write('HTTP/1.1 500 Internal Server Error\r\ncontent-length: 1000000\r\n\r\n');
    dripUntilClosed(socket, '.');
  },
  'floods with informational answers': (socket) => {
    const flood = Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n');
    dripUntilClosed(socket, flood);
  },
  'sends a body of 64 MiB': (socket) => {
    socket.write('HTTP/1.1 500 Internal Server Error\r\ncontent-length: 67108864\r\n\r\n');
    const chunk = Buffer.alloc(65_536, 'x');
    const pour = (): void => {
      while (socket.writable && socket.write(chunk));
    };
    socket.on('drain', pour);
    pour();
  },
  resets: (socket) => socket.resetAndDestroy(),
  'talks nonsense': (socket) => socket.end('HTTP/9 whatever\n\n'),
};

process.on('disconnect', () => process.exit(0));
process.send?.(await Promise.all(Object.values(manners).map(listen)));

async function listen(behave: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => behave(socket));
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A hostile receiver has no port.');
  return `http://127.0.0.1:${address.port}/hook`;
}

function dripUntilClosed(socket: Socket, what: string | Buffer): void {
  const timer = setInterval(() => socket.writable && socket.write(what), dripMs);
  socket.once('close', () => clearInterval(timer));
}

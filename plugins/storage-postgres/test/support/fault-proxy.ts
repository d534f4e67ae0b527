import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy in front of a server that can turn into a black hole: connections stay open and nothing comes through. */
export class FaultProxy {
  readonly #server = createServer((socket) => this.#accept(socket));
  readonly #sockets = new Set<Socket>();
  readonly #target: URL;
  #isBlackHole = false;

  constructor(targetUrl: string) {
    this.#target = new URL(targetUrl);
  }

  /** Starts to listen, and returns the target's URL by way of this proxy. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const url = new URL(this.#target);
    url.hostname = '127.0.0.1';
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** From now on nothing passes, in no direction. */
  swallow(): void {
    this.#isBlackHole = true;
  }

  /** New connections work again; what was swallowed stays lost, as do the connections it belonged to. */
  heal(): void {
    this.#isBlackHole = false;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(client: Socket): void {
    const server = connect(Number(this.#target.port || 5432), this.#target.hostname);
    let isLost = false;
    const forward = (from: Socket, to: Socket): void => {
      this.#sockets.add(from);
      from.on('data', (data) => {
        isLost ||= this.#isBlackHole;
        if (!isLost) to.write(data);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    };
    forward(client, server);
    forward(server, client);
  }
}

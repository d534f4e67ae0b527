import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What a proxy does to the bytes that pass through it. Faults stay until `heal`. */
export interface FaultProxy {
  readonly host: string;
  readonly port: number;
  /** Connections through the proxy at this moment. */
  readonly connections: number;
  /** Holds every chunk back for so long, in both directions. */
  latency(delayMs: number): void;
  /** Lets connections stand and be made, and passes nothing on: what a lost route looks like. */
  blackhole(): void;
  /** Cuts every connection with RST; later ones pass. */
  reset(): void;
  /** Cuts each connection, also later ones, once it has carried so many bytes from the target. */
  closeAfter(bytes: number): void;
  /** Passes at most so many bytes a second to the client on each connection. */
  limit(bytesPerSecond: number): void;
  /** Refuses new connections and cuts the present ones: what a stopped server looks like. */
  refuse(): void;
  /** Ends every fault. Connections that a black hole swallowed bytes of are cut: nobody could trust them. */
  heal(): void;
  close(): Promise<void>;
}

interface Fault {
  readonly delayMs: number;
  readonly blackhole: boolean;
  readonly closeAfterBytes: number;
  readonly bytesPerSecond: number;
  readonly refuse: boolean;
}

const healthy: Fault = {
  delayMs: 0,
  blackhole: false,
  closeAfterBytes: Number.POSITIVE_INFINITY,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  refuse: false,
};

/** A TCP proxy on a free loopback port in front of a server, in this process. */
export async function startFaultProxy(target: { readonly host?: string; readonly port: number }): Promise<FaultProxy> {
  let fault = healthy;
  const pairs = new Set<readonly [Socket, Socket]>();
  const cutAll = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
  };

  const server = createServer((client) => {
    if (fault.refuse) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({ host: target.host ?? '127.0.0.1', port: target.port });
    const pair = [client, upstream] as const;
    pairs.add(pair);
    pass({ from: client, to: upstream, fault: () => fault });
    pass({ from: upstream, to: client, fault: () => fault, countsBytes: true });
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined); // 'close' follows
      socket.once('close', () => {
        pairs.delete(pair);
        for (const side of pair) side.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    get connections() {
      return pairs.size;
    },
    latency: (delayMs) => void (fault = { ...fault, delayMs }),
    blackhole: () => void (fault = { ...fault, blackhole: true }),
    reset: cutAll,
    closeAfter: (closeAfterBytes) => void (fault = { ...fault, closeAfterBytes }),
    limit: (bytesPerSecond) => void (fault = { ...fault, bytesPerSecond }),
    refuse: () => {
      fault = { ...fault, refuse: true };
      cutAll();
    },
    heal: () => {
      const swallowed = fault.blackhole;
      fault = healthy;
      if (swallowed) cutAll();
    },
    async close() {
      server.close();
      cutAll();
      await once(server, 'close');
    },
  };
}

function pass(params: {
  readonly from: Socket;
  readonly to: Socket;
  readonly fault: () => Fault;
  readonly countsBytes?: boolean;
}): void {
  const { from, to, fault } = params;
  let passedBytes = 0;
  let freeAtMs = 0;
  from.on('data', (chunk: Buffer) => {
    const { blackhole, closeAfterBytes, bytesPerSecond, delayMs } = fault();
    if (blackhole) return;
    passedBytes += chunk.length;
    if (params.countsBytes === true && passedBytes > closeAfterBytes) {
      from.resetAndDestroy();
      return;
    }
    // Chunks keep their order: each leaves no earlier than the one before it.
    const nowMs = performance.now();
    const sendingMs = params.countsBytes === true ? (chunk.length / bytesPerSecond) * 1_000 : 0;
    freeAtMs = Math.max(freeAtMs, nowMs + delayMs) + sendingMs;
    if (freeAtMs - nowMs < 1) to.write(chunk);
    else setTimeout(() => void (to.destroyed || to.write(chunk)), freeAtMs - nowMs);
  });
  from.on('end', () => void (fault().blackhole || to.end()));
}

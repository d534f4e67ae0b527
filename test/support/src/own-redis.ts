import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from 'redis';
import { findFreePort } from './free-port.ts';

/** A redis-server of a test's own, which may be killed, stopped and flushed. */
export interface OwnRedis {
  readonly url: string;
  readonly port: number;
  /** Starts it again on the same port, empty. Resolves when it answers. */
  restart(): Promise<void>;
  /** Ends it at once; safe when it is not running. */
  kill(): Promise<void>;
  /** It keeps its connections and answers nothing, until `wakeUp`. */
  hang(): void;
  wakeUp(): void;
  /** Forgets everything that it holds. */
  flush(): Promise<void>;
  /** Sends one command on a connection of its own and returns the answer. */
  command(...words: readonly string[]): Promise<unknown>;
}

/** Starts a redis-server on a free loopback port; it writes nothing to disk. `options` are added to its command line. */
export async function startOwnRedis({ options = [] }: { options?: readonly string[] } = {}): Promise<OwnRedis> {
  const port = await findFreePort();
  const url = `redis://127.0.0.1:${String(port)}`;
  let running: ChildProcess | undefined;
  const redis: OwnRedis = {
    port,
    url,
    async restart() {
      await redis.kill();
      const own = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      const child = spawn('redis-server', [...own, ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
      running = child;
      await new Promise<void>((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (code) => reject(new Error(`redis-server ended with ${String(code)}`)));
        child.stdout.on('data', (chunk: Buffer) => chunk.includes('Ready to accept connections') && resolve());
      });
    },
    async kill() {
      const child = running;
      running = undefined;
      if (child === undefined) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    hang: () => void running?.kill('SIGSTOP'),
    wakeUp: () => void running?.kill('SIGCONT'),
    flush: async () => void (await redis.command('FLUSHALL')),
    async command(...words) {
      const client = createClient({ url });
      client.on('error', () => undefined); // `connect` and the command reject
      await client.connect();
      try {
        return await client.sendCommand([...words]);
      } finally {
        client.destroy();
      }
    },
  };
  await redis.restart();
  return redis;
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
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
}

/** Starts a redis-server on a free loopback port; it writes nothing to disk. */
export async function startOwnRedis(): Promise<OwnRedis> {
  const port = await findFreePort();
  let running: ChildProcess | undefined;
  const redis: OwnRedis = {
    port,
    url: `redis://127.0.0.1:${String(port)}`,
    async restart() {
      await redis.kill();
      const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
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
    async flush() {
      const socket = connect({ host: '127.0.0.1', port });
      socket.write('FLUSHALL\r\n');
      await once(socket, 'data');
      socket.destroy();
    },
  };
  await redis.restart();
  return redis;
}

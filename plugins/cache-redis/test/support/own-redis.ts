import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createClient } from 'redis';

/** A redis-server of the test's own, which may be killed, stopped and flushed. */
export class OwnRedis {
  readonly url: string;
  readonly #port: number;
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
    this.url = `redis://127.0.0.1:${String(port)}`;
  }

  static async start(): Promise<OwnRedis> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    probe.close();
    await once(probe, 'close');
    if (address === null || typeof address === 'string') throw new Error('There is no free port.');
    const redis = new OwnRedis(address.port);
    await redis.restart();
    return redis;
  }

  /** Starts it, empty, and resolves when it answers. */
  async restart(): Promise<void> {
    const options = ['--port', String(this.#port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.#process = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
    for await (const line of this.#process.stdout ?? []) if (String(line).includes('Ready to accept')) break;
  }

  async kill(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process === undefined) return;
    const exited = once(process, 'exit');
    process.kill('SIGKILL');
    await exited;
  }

  hang(): void {
    this.#process?.kill('SIGSTOP');
  }

  wakeUp(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Sends commands on a connection of its own. */
  async send<Result>(action: (client: ReturnType<typeof createClient>) => Promise<Result>): Promise<Result> {
    const client = createClient({ url: this.url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await action(client as ReturnType<typeof createClient>);
    } finally {
      client.destroy();
    }
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The built server in a process of its own, started as a user would start it. */
export interface RunningServer {
  readonly url: string;
  readonly apiKey: string;
  readonly pid: number;
  /** Everything it wrote to stdout and stderr so far. */
  output(): string;
  /** Sends SIGTERM and resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Sends SIGKILL and resolves when the process is gone. */
  kill(): Promise<void>;
  /** Resolves when the process is gone, however that came. */
  gone(): Promise<void>;
}

const compileCache = fileURLToPath(new URL('../../../node_modules/.cache/test-servers', import.meta.url));
const main = fileURLToPath(new URL('../../../apps/server/dist/main.js', import.meta.url));
const readyTimeoutMs = 120_000;

/** The key that every test server is seeded with. */
export const testApiKey = 'test-key-0123456789-0123456789-abcdefghi';

export async function startServer(environment: Readonly<Record<string, string>>): Promise<RunningServer> {
  const port = environment['PORT'] ?? String(await freePort());
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      // Tests start hundreds of servers; none but the first has to compile what all run.
      NODE_COMPILE_CACHE: compileCache,
      PORT: port,
      POSTRIDER_API_KEY: testApiKey,
      POSTRIDER_API_RATE_PER_SECOND: '0',
      POSTRIDER_METRICS_PORT: '0',
      POSTRIDER_EGRESS_ALLOW_CIDRS: '127.0.0.0/8',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const url = `http://127.0.0.1:${port}`;
  await waitUntilReady({ url, child, output: () => output });

  return {
    url,
    apiKey: testApiKey,
    pid: child.pid ?? 0,
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      return (await exited)[0];
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    gone: async () => void (await exited),
  };
}

async function waitUntilReady(params: { url: string; child: ChildProcess; output: () => string }): Promise<void> {
  const endMs = performance.now() + readyTimeoutMs;
  while (performance.now() < endMs) {
    if (params.child.exitCode !== null || params.child.signalCode !== null) {
      throw new Error(`The server exited before it was ready:\n${params.output()}`);
    }
    const answer = await fetch(`${params.url}/api/v1/health/ping`).catch(() => undefined);
    if (answer?.status === 204) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  params.child.kill('SIGKILL');
  throw new Error(`The server was not ready within ${readyTimeoutMs} ms:\n${params.output()}`);
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('No free port was found.');
  return address.port;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The server under measurement: the built one, started as a user would start it. */
export interface ServerProcess {
  readonly port: number;
  readonly apiKey: string;
  /** Resident memory, in bytes. */
  residentBytes(): number;
  /** User and system time spent since the start, in microseconds. */
  cpuMicroseconds(): number;
  stop(): Promise<void>;
}

const main = new URL('../../apps/server/dist/main.js', import.meta.url).pathname;
const apiKey = 'bench-key-0123456789-0123456789-abcdefgh';
const readyTimeoutMs = 30_000;
const clockTicksPerSecond = 100;

export async function startServer(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'postrider-bench-'));
  const port = await freePort();
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: String(port),
      POSTRIDER_DATA_DIR: dataDirectory,
      POSTRIDER_API_KEY: apiKey,
      POSTRIDER_API_RATE_PER_SECOND: '0',
      POSTRIDER_EGRESS_ALLOW_CIDRS: '127.0.0.0/8',
      POSTRIDER_LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  await waitUntilReady(port, child);
  return {
    port,
    apiKey,
    residentBytes: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024,
    cpuMicroseconds: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / clockTicksPerSecond;
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function waitUntilReady(port: number, child: { exitCode: number | null }): Promise<void> {
  const deadline = Date.now() + readyTimeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The server exited with code ${child.exitCode} before it was ready.`);
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/health/ping`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The server was not ready within ${readyTimeoutMs} ms.`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('No free port was found.');
  return address.port;
}

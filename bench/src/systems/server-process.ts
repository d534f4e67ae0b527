import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findFreePort } from '@postrider/test-support';
import type { ContractServer } from '../load/contract.ts';

/** The server under measurement: the built one, started as a user would start it. */
export interface ServerProcess extends ContractServer {
  readonly pid: number;
  /** From its start until it said that it is alive. */
  readonly startedInMs: number;
  /** Resolves when it has ended; it is given time to finish what is under way. */
  stop(): Promise<void>;
}

const main = new URL('../../../apps/server/dist/main.js', import.meta.url).pathname;
const token = 'bench-key-0123456789-0123456789-abcdefgh';
const readyTimeoutMs = 60_000;
const lookEveryMs = 20;

export async function startServer(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const port = await findFreePort();
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: String(port),
      POSTRIDER_API_KEY: token,
      POSTRIDER_API_RATE_PER_SECOND: '0',
      POSTRIDER_METRICS_PORT: '0',
      POSTRIDER_EGRESS_ALLOW_CIDRS: '127.0.0.0/8',
      POSTRIDER_LOG_LEVEL: 'error',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  const baseUrl = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
  };
  try {
    await waitUntilReady(baseUrl, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { baseUrl, token, pid: child.pid ?? 0, startedInMs: performance.now() - startedAtMs, stop };
}

async function waitUntilReady(baseUrl: string, child: { exitCode: number | null }): Promise<void> {
  const deadlineMs = performance.now() + readyTimeoutMs;
  while (performance.now() < deadlineMs) {
    if (child.exitCode !== null) throw new Error(`The server exited with code ${child.exitCode} before it was ready.`);
    const answer = await fetch(`${baseUrl}/api/v1/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  throw new Error(`The server was not ready within ${readyTimeoutMs} ms.`);
}

import { readFileSync } from 'node:fs';
import { freePort, startServer, type RunningServer } from '../../e2e/support/server.ts';

/** Server processes on one installation, each with a port that it keeps over restarts. */
export interface Fleet {
  readonly size: number;
  /** Base URLs, also of those that are down. */
  readonly urls: readonly string[];
  readonly apiKey: string;
  /** Largest resident memory that was seen, in bytes. */
  readonly peakResidentBytes: number;
  /** kill -9, then a start that waits until it is ready. */
  crash(index: number): Promise<void>;
  /** SIGTERM, then a start. Answers the exit code. */
  restart(index: number): Promise<number | null>;
  /** SIGSTOP for so long. */
  freeze(index: number, durationMs: number): Promise<void>;
  stop(): Promise<void>;
}

const memorySampleMs = 500;

export async function startFleet(params: {
  readonly size: number;
  readonly environment: Readonly<Record<string, string>>;
}): Promise<Fleet> {
  const environments = await Promise.all(
    Array.from({ length: params.size }, async () => ({ ...params.environment, PORT: String(await freePort()) })),
  );
  const start = async (index: number): Promise<RunningServer> => startServer(environments[index] ?? {});
  // One after the other: the first brings the schema.
  const servers: RunningServer[] = [];
  for (let index = 0; index < params.size; index += 1) servers.push(await start(index));
  const at = (index: number): RunningServer => {
    const server = servers[index];
    if (server === undefined) throw new Error(`There is no server ${String(index)}.`);
    return server;
  };
  let peakResidentBytes = 0;
  const sampler = setInterval(() => {
    for (const { pid } of servers) peakResidentBytes = Math.max(peakResidentBytes, residentBytes(pid));
  }, memorySampleMs);

  return {
    size: params.size,
    urls: environments.map(({ PORT }) => `http://127.0.0.1:${PORT}`),
    apiKey: at(0).apiKey,
    get peakResidentBytes() {
      return peakResidentBytes;
    },
    async crash(index) {
      await at(index).kill();
      servers[index] = await start(index);
    },
    async restart(index) {
      const code = await at(index).stop();
      servers[index] = await start(index);
      return code;
    },
    async freeze(index, durationMs) {
      process.kill(at(index).pid, 'SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, durationMs));
      process.kill(at(index).pid, 'SIGCONT');
    },
    async stop() {
      clearInterval(sampler);
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

/** 0 where it cannot be read: the process just died, or the system has no /proc. */
function residentBytes(pid: number): number {
  try {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1_024;
  } catch {
    return 0;
  }
}

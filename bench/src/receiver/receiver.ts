import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ReceiverRequest, RoundReport } from './receiver-process.ts';

export interface Receiver {
  readonly port: number;
  /** The address of an endpoint, which says how it behaves (default: 200 at once). */
  url(endpoint: number, behaviour?: { status?: number; delayMs?: number }): string;
  /** Forgets what came before. Resolves when `expect` distinct deliveries were taken, or with what there is by then. */
  begin(options: { expect: number; timeoutMs: number }): Promise<RoundReport>;
  /** As `begin`, but counts on from the last one; a `begin` that still waits resolves too. */
  goOn(options: { expect: number; timeoutMs: number }): Promise<RoundReport>;
  stop(): void;
}

/** Starts the receiver in a process of its own. */
export async function startReceiver(): Promise<Receiver> {
  const child = fork(new URL('receiver-process.ts', import.meta.url), { execArgv: [], serialization: 'advanced' });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const ask = async (request: ReceiverRequest, timeoutMs: number): Promise<RoundReport> => {
    const reported = once(child, 'message') as Promise<[RoundReport]>;
    child.send(request);
    const timer = setTimeout(() => child.send({ kind: 'report' } satisfies ReceiverRequest), timeoutMs);
    const [report] = await reported;
    clearTimeout(timer);
    return report;
  };
  return {
    port,
    url(endpoint, behaviour = {}) {
      const url = new URL(`http://127.0.0.1:${port}/e/${endpoint}`);
      for (const [name, value] of Object.entries(behaviour)) url.searchParams.set(name, String(value));
      return url.href;
    },
    begin({ expect, timeoutMs }) {
      return ask({ kind: 'begin', expect, beganAtMs: performance.timeOrigin + performance.now() }, timeoutMs);
    },
    goOn: ({ expect, timeoutMs }) => ask({ kind: 'expect', expect }, timeoutMs),
    stop: () => void child.kill(),
  };
}

import { fork } from 'node:child_process';
import { once } from 'node:events';

export interface HostileReceivers {
  /** One address for each kind of manners. */
  readonly urls: readonly string[];
  stop(): void;
}

/** Starts the receivers of ill will in a process of their own. */
export async function startHostileReceivers(): Promise<HostileReceivers> {
  const child = fork(new URL('hostile-receiver-process.ts', import.meta.url), { execArgv: [] });
  const [urls] = (await once(child, 'message')) as [readonly string[]];
  return { urls, stop: () => void child.kill() };
}

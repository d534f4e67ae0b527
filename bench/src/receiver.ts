import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { RoundReport } from './receiver-process.ts';

export interface Receiver {
  readonly url: string;
  /** Resolves when `count` distinct deliveries have arrived since this call. */
  expect(count: number): Promise<RoundReport>;
  stop(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const child = fork(new URL('./receiver-process.ts', import.meta.url), { execArgv: [], serialization: 'advanced' });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    url: `http://127.0.0.1:${port}/hook`,
    async expect(count) {
      const arrived = once(child, 'message') as Promise<[RoundReport]>;
      child.send({ expect: count });
      return (await arrived)[0];
    },
    stop: () => child.kill(),
  };
}

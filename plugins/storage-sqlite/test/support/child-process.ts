import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A script of this directory that runs in a process of its own. */
export interface Child {
  readonly process: ChildProcess;
  /** The lines it prints, until it ends. */
  readonly lines: AsyncIterable<string>;
  /** Ends it without warning and waits until it has ended. */
  kill(): Promise<void>;
}

const running = new Set<Child>();

/** For `afterAll`: a test that failed half-way must not leave a process behind. */
export async function killChildren(): Promise<void> {
  await Promise.all([...running].map((child) => child.kill()));
}

/** Starts a TypeScript file of this directory. What it writes to stderr shows in the test's own output. */
export function startChild(script: string, parameters: readonly string[]): Child {
  const fileUrl = (name: string) => new URL(name, import.meta.url);
  const child = spawn(
    process.execPath,
    ['--import', fileUrl('source-hooks.mjs').href, fileUrl(script).pathname, ...parameters],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const started: Child = {
    process: child,
    lines: createInterface({ input: child.stdout }),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      running.delete(started);
    },
  };
  running.add(started);
  return started;
}

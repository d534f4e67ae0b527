import { spawn } from 'node:child_process';
import { coreError, type Clock } from '@postrider/core';
import { failpointNames, type FailpointName, type Failpoints } from '@postrider/delivery';

type Action =
  | { readonly kind: 'kill' | 'throw' }
  /** `stop`: the process stands still, as under SIGSTOP. `sleep`: only the step that was struck waits. */
  | { readonly kind: 'stop' | 'sleep'; readonly durationMs: number };

interface Armed {
  readonly action: Action;
  /** Strikes at this hit and at no other; 1 is the first. */
  readonly at: number;
}

const form = /^([a-z_]+\.[a-z_]+)=(?:(kill|throw)|(stop|sleep):(\d{1,7}))(?:@(\d{1,6}))?$/;

/**
 * Reads `POSTRIDER_FAILPOINTS`: `<name>=<action>`, comma-separated, with `@N` to strike at the Nth hit instead of the
 * first. Actions: `kill` ends the process like `kill -9` would, `stop:<ms>` halts it for so long like `kill -STOP` and
 * `kill -CONT` would, `throw` throws, `sleep:<ms>` delays the step.
 */
export function parseFailpoints(text: string, deps: { readonly clock: Clock }): Failpoints {
  const armed = new Map<FailpointName, Armed>(text.split(',').map((entry) => parseEntry(entry.trim())));
  const hits = new Map<FailpointName, number>();
  return {
    hit: (name) => {
      const count = (hits.get(name) ?? 0) + 1;
      hits.set(name, count);
      const point = armed.get(name);
      return point?.at === count ? strike(name, point.action, deps.clock) : undefined;
    },
  };
}

function parseEntry(entry: string): [FailpointName, Armed] {
  const [, givenName, plain, timed, durationMs, at = '1'] = form.exec(entry) ?? [];
  const name = failpointNames.find((known) => known === givenName);
  if (givenName === undefined) {
    throw problem(`Found "${entry}"; expected <name>=kill|stop:<ms>|throw|sleep:<ms>, with @N for the Nth hit`);
  }
  if (name === undefined) throw problem(`There is no "${givenName}"; expected one of ${failpointNames.join(', ')}`);
  const action =
    timed === undefined ? { kind: plain as 'kill' } : { kind: timed as 'stop', durationMs: Number(durationMs) };
  return [name, { action, at: Number(at) }];
}

function problem(sentence: string): Error {
  return coreError('CONFIG_INVALID', `POSTRIDER_FAILPOINTS: ${sentence}.`);
}

function strike(name: FailpointName, action: Action, clock: Clock): Promise<void> | undefined {
  switch (action.kind) {
    case 'throw':
      throw new Error(`Failpoint ${name}.`);
    case 'sleep':
      return clock.sleep({ delayMs: action.durationMs });
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      return undefined;
    case 'stop':
      continueLater(action.durationMs);
      process.kill(process.pid, 'SIGSTOP');
      return undefined;
  }
}

/** Who is stopped cannot continue by itself: another process does it. */
function continueLater(delayMs: number): void {
  const script = `setTimeout(() => process.kill(${process.pid}, 'SIGCONT'), ${delayMs})`;
  spawn(process.execPath, ['-e', script], { stdio: 'ignore', env: {} }).unref();
}

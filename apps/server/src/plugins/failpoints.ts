import { coreError } from '@postrider/core';
import type { Failpoints } from '@postrider/delivery';

type Action = 'kill' | 'throw';

interface Armed {
  readonly action: Action;
  /** Strikes at this hit and at no other; 1 is the first. */
  readonly at: number;
}

const form = /^([a-z_]+\.[a-z_]+)=(kill|throw)(?:@(\d{1,6}))?$/;

/**
 * Reads `POSTRIDER_FAILPOINTS`: `<name>=kill` or `<name>=throw`, with `@N` to strike at the Nth hit instead of the first,
 * comma-separated. `kill` ends the process like `kill -9` would.
 */
export function parseFailpoints(text: string): Failpoints {
  const armed = new Map<string, Armed>();
  for (const entry of text.split(',')) {
    const [, name, action, at = '1'] = form.exec(entry.trim()) ?? [];
    if (name === undefined) {
      throw coreError('CONFIG_INVALID', `Found "${entry}" in POSTRIDER_FAILPOINTS; expected <name>=kill|throw[@N].`);
    }
    armed.set(name, { action: action as Action, at: Number(at) });
  }
  const hits = new Map<string, number>();
  return {
    hit: (name) => {
      const count = (hits.get(name) ?? 0) + 1;
      hits.set(name, count);
      const point = armed.get(name);
      if (point?.at !== count) return;
      if (point.action === 'throw') throw new Error(`Failpoint ${name}.`);
      process.kill(process.pid, 'SIGKILL');
    },
  };
}

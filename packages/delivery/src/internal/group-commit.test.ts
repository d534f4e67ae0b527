import { FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../test/support/scripted-sender.js';
import { GroupCommit, type GroupCommitOptions } from './group-commit.js';

/** A group commit whose commits are ended by hand, oldest first. */
function createManual(options: Partial<GroupCommitOptions<string>> = {}): {
  readonly batches: string[][];
  readonly commits: GroupCommit<string>;
  readonly finishOldest: () => Promise<void>;
} {
  const batches: string[][] = [];
  const gates: (() => void)[] = [];
  const commits = new GroupCommit<string>({
    maxBatchSize: 3,
    concurrency: 1,
    ...options,
    commit: (batch) => {
      batches.push(batch);
      const gate = createGate<void>();
      gates.push(() => gate.open());
      return gate.promise;
    },
  });
  return {
    batches,
    commits,
    finishOldest: async () => {
      gates.shift()?.();
      await turn();
    },
  };
}

const turn = async (): Promise<void> => {
  for (let i = 0; i < 2; i += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('group commit', () => {
  it('commits what arrived in one turn of the event loop together', async () => {
    const { batches, commits } = createManual();
    commits.push('a');
    await Promise.resolve();
    commits.push('b');
    expect(batches).toEqual([]);
    await turn();
    expect(batches).toEqual([['a', 'b']]);
  });

  it('makes the next batch of what arrives while a commit runs', async () => {
    const { batches, commits, finishOldest } = createManual();
    commits.push('a');
    await turn();
    commits.push('b');
    await turn();
    commits.push('c');
    await turn();
    expect(batches).toEqual([['a']]);
    await finishOldest();
    expect(batches).toEqual([['a'], ['b', 'c']]);
  });

  it('keeps batches within their size and in the order of arrival', async () => {
    const { batches, commits, finishOldest } = createManual();
    for (const item of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) commits.push(item);
    expect(commits.queued).toBe(7);
    for (let i = 0; i < 3; i += 1) {
      await turn();
      await finishOldest();
    }
    expect(batches).toEqual([['a', 'b', 'c'], ['d', 'e', 'f'], ['g']]);
    expect(commits.queued).toBe(0);
  });

  it('runs as many commits at once as it may', async () => {
    const { batches, commits, finishOldest } = createManual({ maxBatchSize: 1, concurrency: 2 });
    for (const item of ['a', 'b', 'c']) commits.push(item);
    await turn();
    expect(batches).toEqual([['a'], ['b']]);
    await finishOldest();
    expect(batches).toEqual([['a'], ['b'], ['c']]);
  });

  it('is idle only when nothing is queued and nothing runs', async () => {
    const { commits, finishOldest } = createManual();
    await commits.idle();
    let idle = false;
    commits.push('a');
    void commits.idle().then(() => (idle = true));
    await turn();
    commits.push('b');
    await finishOldest();
    expect(idle).toBe(false);
    await finishOldest();
    expect(idle).toBe(true);
  });

  it('lets a batch linger for company where it may, but no longer than told, and not when it is full', async () => {
    const clock = new FakeClock();
    const { batches, commits, finishOldest } = createManual({ linger: { clock, lingerMs: 5 } });
    commits.push('a');
    await clock.advance(4);
    commits.push('b');
    expect(batches).toEqual([]);
    await clock.advance(1);
    await turn();
    expect(batches).toEqual([['a', 'b']]);
    await finishOldest();
    for (const item of ['c', 'd', 'e']) commits.push(item);
    await turn();
    expect(batches).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not linger once somebody waits for it to be idle', async () => {
    const clock = new FakeClock();
    const { batches, commits, finishOldest } = createManual({ linger: { clock, lingerMs: 5 } });
    commits.push('a');
    const idle = commits.idle();
    await turn();
    expect(batches).toEqual([['a']]);
    commits.push('b');
    await finishOldest();
    await finishOldest();
    await idle;
    expect(batches).toEqual([['a'], ['b']]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('never puts two items with a common key into one batch, and lets others pass', async () => {
    const batches: string[][] = [];
    const commits = new GroupCommit<string>({
      maxBatchSize: 10,
      concurrency: 1,
      keysOf: (item) => [item.slice(0, 1)],
      commit: async (batch) => void batches.push(batch),
    });
    for (const item of ['a1', 'a2', 'b1', 'a3', 'b2']) commits.push(item);
    await commits.idle();
    expect(batches).toEqual([['a1', 'b1'], ['a2', 'b2'], ['a3']]);
  });
});

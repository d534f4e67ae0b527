import { describe, expect, it } from 'vitest';
import type { SharedState } from '../ports/shared-state.js';
import { ManualClock } from '../testing/manual-clock.js';
import { createFailoverState, type FailoverStateOptions, type ModeChange } from './failover-state.js';
import { createLocalState } from './local-state.js';
import { createSharedBreaker } from './shared-breaker.js';

/** A store that can be taken away: it then rejects, or never answers. */
function setUp(options: Partial<FailoverStateOptions> = {}) {
  const clock = new ManualClock();
  const random = () => 0.5;
  const store = { state: createLocalState({ clock, random }), mode: 'up' as 'up' | 'down' | 'hung', calls: 0 };
  const through = <T>(call: (state: SharedState) => Promise<T>): Promise<T> => {
    store.calls += 1;
    if (store.mode === 'down') return Promise.reject(new Error('connection refused'));
    return store.mode === 'hung' ? new Promise<T>(() => undefined) : call(store.state);
  };
  const remote: SharedState = {
    capabilities: { shared: true },
    acquire: (params) => through((state) => state.acquire(params)),
    recordOutcome: (params) => through((state) => state.recordOutcome(params)),
    readBreaker: (params) => through((state) => state.readBreaker(params)),
    forceBreaker: (params) => through((state) => state.forceBreaker(params)),
    acquireUnits: (params) => through((state) => state.acquireUnits(params)),
    readLimit: (params) => through((state) => state.readLimit(params)),
    statistics: () => store.state.statistics(),
  };
  const changes: ModeChange[] = [];
  const state = createFailoverState({
    remote,
    clock,
    random,
    onModeChange: (change) => void changes.push(change),
    ...options,
  });
  const breaker = createSharedBreaker({ state, subject: 'ep_1', clock });
  const fail = async (times: number): Promise<void> => {
    for (let count = 0; count < times; count += 1) {
      const admission = await breaker.acquire();
      if (admission.allowed) await breaker.record(admission.permit, 'failure');
    }
  };
  return { clock, store, state, breaker, fail, changes, random };
}

describe('createFailoverState', () => {
  it('answers from memory when the store fails, and leaves it alone after three failures', async () => {
    const { store, state, changes } = setUp();
    store.mode = 'down';
    for (let count = 0; count < 10; count += 1) {
      expect((await state.readBreaker({ subject: 'ep_1' })).state).toBe('closed');
    }
    expect(store.calls).toBe(3);
    expect(state.statistics()).toMatchObject({ mode: 'local', localCalls: 10, failures: 3, timeouts: 0 });
    expect(state.statistics().lastFailure).toBe('connection refused');
    expect(changes).toHaveLength(1);
    expect(changes[0]?.mode).toBe('local');
  });

  it('waits for a store that hangs no longer than its timeout, and leaves no timer behind', async () => {
    const { clock, store, state } = setUp({ timeoutMs: 250 });
    store.mode = 'hung';
    let answered = false;
    const call = state.acquire({ subject: 'ep_1' }).then(() => (answered = true));
    await clock.advance(249);
    expect(answered).toBe(false);
    await clock.advance(1);
    await call;
    expect(state.statistics()).toMatchObject({ failures: 1, timeouts: 1, localCalls: 1 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('tries the store again with one call, and says that it is back', async () => {
    const { clock, store, state, changes } = setUp();
    store.mode = 'down';
    for (let count = 0; count < 3; count += 1) await state.readBreaker({ subject: 'ep_1' });
    store.mode = 'up';
    await clock.advance(900);
    await state.readBreaker({ subject: 'ep_1' });
    expect(store.calls).toBe(3);
    await clock.advance(300);
    await state.readBreaker({ subject: 'ep_1' });
    expect(state.statistics()).toMatchObject({ mode: 'shared', sharedCalls: 1, localCalls: 4 });
    expect(changes.map(({ mode }) => mode)).toEqual(['local', 'shared']);
  });

  it('keeps a breaker open that opened before the store went away', async () => {
    const { store, breaker, fail } = setUp();
    await fail(10);
    store.mode = 'down';
    expect((await breaker.read()).state).toBe('open');
    expect((await breaker.acquire()).allowed).toBe(false);
  });

  it('goes on from a row of failures that the store has counted', async () => {
    const { store, breaker, fail } = setUp();
    await fail(7);
    store.mode = 'down';
    await fail(2);
    expect(breaker.state).toBe('closed');
    await fail(1);
    expect(breaker.state).toBe('open');
  });

  it('brings to the store what was decided without it', async () => {
    const { clock, store, breaker, fail, random } = setUp({ failuresToOpen: 1 });
    store.mode = 'down';
    await fail(10);
    expect(breaker.state).toBe('open');
    store.mode = 'up';
    store.state = createLocalState({ clock, random });
    await clock.advance(6000);
    await breaker.acquire();
    const shared = await store.state.readBreaker({ subject: 'ep_1' });
    expect([shared.state, shared.generation]).toEqual(['open', 2]);
  });

  it('follows the store where others have gone further meanwhile', async () => {
    const { clock, store, state, breaker, fail } = setUp({ failuresToOpen: 1 });
    store.mode = 'down';
    await fail(10);
    for (let count = 0; count < 3; count += 1) await store.state.forceBreaker({ subject: 'ep_1', to: 'closed' });
    store.mode = 'up';
    await clock.advance(6000);
    expect((await breaker.acquire()).allowed).toBe(true);
    expect(breaker.state).toBe('closed');
    expect(state.statistics().mode).toBe('shared');
  });

  it('lets a replica pass its part of a limit while the store is away', async () => {
    const { clock, store, state } = setUp({ replicas: 4 });
    store.mode = 'down';
    const take = (cost?: number) =>
      state.acquireUnits({ subject: 'ep_1', limit: { ratePerSecond: 40, burst: 20 }, cost });
    const granted = async (times: number): Promise<number> => {
      const answers = [];
      for (let count = 0; count < times; count += 1) answers.push(await take());
      return answers.filter((answer) => answer.granted).length;
    };
    expect(await granted(20)).toBe(5);
    await clock.advance(1000);
    expect(await granted(20)).toBe(5);
    // A cost above the part of the burst is not refused for ever: it waits until the rate has made up for it.
    await clock.advance(500);
    expect(await take(20)).toEqual({ granted: false, retryAt: new Date(clock.nowMs() + 1500), remaining: 5 });
    await clock.advance(1500);
    expect((await take(20)).granted).toBe(true);
    expect(await take(21)).toMatchObject({ granted: false, retryAt: undefined });
  });

  it('takes a call that makes no sense, or that its caller ended, for no fault of the store', async () => {
    const { store, state } = setUp({ failuresToOpen: 1 });
    await expect(state.readBreaker({ subject: '' })).rejects.toThrow(RangeError);
    store.mode = 'hung';
    const controller = new AbortController();
    const call = state.readBreaker({ subject: 'ep_1', signal: controller.signal });
    controller.abort(new Error('not any more'));
    await expect(call).rejects.toThrow('not any more');
    expect(state.statistics()).toMatchObject({ mode: 'shared', failures: 0 });
  });
});

describe('SharedBreaker', () => {
  it('asks nobody while it is closed, and once per result', async () => {
    const { store, breaker, fail } = setUp();
    await fail(1);
    const before = store.calls;
    for (let count = 0; count < 5; count += 1) await breaker.acquire();
    expect(store.calls).toBe(before);
    await fail(1);
    expect(store.calls).toBe(before + 1);
  });

  it('asks again every 5 s while no call is allowed, so that it hears of an operator', async () => {
    const { clock, store, breaker } = setUp();
    await store.state.forceBreaker({ subject: 'ep_1', to: 'isolated' });
    expect((await breaker.acquire()).allowed).toBe(false);
    await store.state.forceBreaker({ subject: 'ep_1', to: 'closed' });
    await clock.advance(4999);
    expect((await breaker.acquire()).allowed).toBe(false);
    await clock.advance(1);
    expect((await breaker.acquire()).allowed).toBe(true);
  });

  it('does not learn from an answer that is older than what it knows', async () => {
    const clock = new ManualClock();
    const state = createLocalState({ clock, random: () => 0.5 });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow: SharedState = {
      ...methodsOf(state),
      readBreaker: async (params) => {
        const answer = await state.readBreaker(params);
        await held;
        return answer;
      },
    };
    const breaker = createSharedBreaker({ state: slow, subject: 'ep_1', clock });
    const read = breaker.read();
    for (let count = 0; count < 10; count += 1) {
      const admission = await breaker.acquire();
      if (admission.allowed) await breaker.record(admission.permit, 'failure');
    }
    release();
    await read;
    expect(breaker.state).toBe('open');
  });
});

function methodsOf(state: SharedState): SharedState {
  return {
    capabilities: state.capabilities,
    acquire: (params) => state.acquire(params),
    recordOutcome: (params) => state.recordOutcome(params),
    readBreaker: (params) => state.readBreaker(params),
    forceBreaker: (params) => state.forceBreaker(params),
    acquireUnits: (params) => state.acquireUnits(params),
    readLimit: (params) => state.readLimit(params),
    statistics: () => state.statistics(),
  };
}

import { systemClock, systemRandom } from '@postrider/core';
import { createRecordingLogger } from '@postrider/core/testing';
import { createSharedBreaker, type SharedBreaker } from '@postrider/resilience';
import { startOwnRedis, type OwnRedis } from '@postrider/test-support';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRedisState, type RedisState } from '../src/redis-state.js';

const timeoutMs = 250;
/** What a call may take beyond its timeout on a busy machine. */
const graceMs = 250;

describe('Redis that fails', () => {
  let server: OwnRedis;
  let state: RedisState;
  let breaker: SharedBreaker;
  let logger: ReturnType<typeof createRecordingLogger>;

  const openState = (): RedisState => {
    const options = { url: server.url, timeoutMs, replicas: 4 };
    return createRedisState(options, { clock: systemClock, random: () => systemRandom.next(), logger });
  };
  const fail = async (times: number): Promise<void> => {
    for (let count = 0; count < times; count += 1) {
      const admission = await breaker.acquire();
      if (admission.allowed) await breaker.record(admission.permit, 'failure');
    }
  };
  const longestCallMs = async (calls: number): Promise<number> => {
    let longestMs = 0;
    for (let count = 0; count < calls; count += 1) {
      const startedAtMs = systemClock.monotonicMs();
      await breaker.read();
      longestMs = Math.max(longestMs, systemClock.monotonicMs() - startedAtMs);
    }
    return longestMs;
  };
  /** Asks now and then, as traffic would, until Redis has answered again. */
  const untilShared = async (): Promise<void> => {
    const { sharedCalls } = state.statistics();
    while (state.statistics().sharedCalls === sharedCalls) {
      await breaker.read();
      await systemClock.sleep({ delayMs: 20 });
    }
  };

  beforeEach(async () => {
    server = await startOwnRedis({ options: ['--enable-debug-command', 'local'] }); // for DEBUG SLEEP
    logger = createRecordingLogger();
    state = openState();
    await state.connect();
    breaker = createSharedBreaker({ state, subject: 'ep_1', clock: systemClock });
  });
  afterEach(async () => {
    try {
      await state.close();
    } finally {
      await server.kill();
    }
  });

  it('is killed: calls are answered from memory at once, the open breaker stays open, and the logs say so once', async () => {
    await fail(10);
    expect(breaker.state).toBe('open');
    await server.kill();
    expect(await longestCallMs(50)).toBeLessThan(timeoutMs + graceMs);
    expect(breaker.state).toBe('open');
    expect(state.statistics()).toMatchObject({ mode: 'local' });
    expect(state.statistics().failures).toBeLessThan(10);
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('comes back empty: the breaker is open there again, and probes are shared', async () => {
    await fail(10);
    await server.kill();
    await breaker.read();
    await server.restart();
    await untilShared();

    const another = openState();
    await another.connect();
    const seen = await another.readBreaker({ subject: 'ep_1' });
    await another.close();
    expect([seen.state, seen.generation]).toEqual(['open', 2]);
  });

  it('is emptied while a breaker is open: the next call of one who knows brings it back', async () => {
    await fail(10);
    await server.command('FLUSHALL');
    await server.command('SCRIPT', 'FLUSH');
    await breaker.read();
    expect(await server.command('HGET', 'postrider:{ep_1}:cb', 'state')).toBe('open');
    expect(state.statistics()).toMatchObject({ mode: 'shared', failures: 0 });
  });

  it('hangs: no call waits longer than the timeout, and after three none waits at all', async () => {
    server.hang();
    expect(await longestCallMs(3)).toBeLessThan(timeoutMs + graceMs);
    expect(state.statistics()).toMatchObject({ mode: 'local', timeouts: 3 });
    const startedAtMs = systemClock.monotonicMs();
    for (let count = 0; count < 1000; count += 1) await breaker.read();
    // A thousand calls, at most one or two of which try Redis again.
    expect(systemClock.monotonicMs() - startedAtMs).toBeLessThan(2 * timeoutMs + graceMs);
    server.wakeUp();
    await untilShared();
    expect(state.statistics().mode).toBe('shared');
  });

  it('sleeps for a while: the calls of that time are answered, and it is used again afterwards', async () => {
    const sleep = server.command('DEBUG', 'SLEEP', '2');
    expect(await longestCallMs(20)).toBeLessThan(timeoutMs + graceMs);
    await sleep;
    await untilShared();
    await fail(10);
    expect(breaker.state).toBe('open');
  });

  it('holds garbage: it is taken for nothing and written over', async () => {
    const keys = { breaker: 'postrider:{ep_1}:cb', limiter: 'postrider:{ep_1}:rl' };
    const limit = { ratePerSecond: 1, burst: 5 };
    const spoil: readonly (readonly string[])[] = [
      ['SET', keys.breaker, 'garbage'],
      ['LPUSH', keys.breaker, 'garbage'],
      ['HSET', keys.breaker, 'state', 'melting', 'gen', '4'],
      ['HSET', keys.breaker, 'state', 'open', 'gen', 'nan', 'until', 'inf'],
      [
        'HSET',
        keys.breaker,
        'state',
        'closed',
        'gen',
        '1',
        'consec',
        '-5',
        'last',
        'x',
        'b0',
        '1,2',
        'b1',
        '9e999,1,1,1',
      ],
    ];
    for (const command of spoil) {
      await server.command('DEL', keys.breaker, keys.limiter);
      await server.command(...command);
      const fresh = createSharedBreaker({ state, subject: 'ep_1', clock: systemClock });
      breaker = fresh;
      await fail(9);
      expect(fresh.state).toBe('closed');
      await fail(1);
      expect(fresh.state).toBe('open');
    }
    // An end that is further away than it can be.
    await server.command('DEL', keys.breaker);
    await server.command('HSET', keys.breaker, 'state', 'open', 'gen', '9', 'until', '99999999999999');
    const far = await state.readBreaker({ subject: 'ep_1' });
    expect(far.state === 'open' && far.openUntilMs - systemClock.nowMs()).toBeLessThan(13 * 60_000);

    for (const command of [
      ['SET', keys.limiter, 'garbage'],
      ['HSET', keys.limiter, 'ahead', 'nan', 'at', 'x', 'interval', '0', 'burst', '-1'],
    ]) {
      await server.command('DEL', keys.limiter);
      await server.command(...command);
      expect(await state.acquireUnits({ subject: 'ep_1', limit, cost: 5 })).toMatchObject({ granted: true });
      expect(await state.acquireUnits({ subject: 'ep_1', limit })).toMatchObject({ granted: false });
    }
    expect(state.statistics()).toMatchObject({ mode: 'shared', failures: 0 });
  });

  it('is full: writes fail, and the process decides for itself', async () => {
    await server.command('CONFIG', 'SET', 'maxmemory', '1');
    await server.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
    await fail(10);
    expect(breaker.state).toBe('open');
    expect(state.statistics()).toMatchObject({ mode: 'local' });
    expect(state.statistics().lastFailure).toContain('OOM');
  });

  it('is away: each of 4 replicas passes a quarter of a limit', async () => {
    await server.kill();
    const limit = { ratePerSecond: 0.001, burst: 20 };
    const answers = [];
    for (let count = 0; count < 20; count += 1) answers.push(await state.acquireUnits({ subject: 'ep_1', limit }));
    expect(answers.filter(({ granted }) => granted)).toHaveLength(5);
  });

  it('was never there: the start waits no longer than it may, and nothing fails', async () => {
    await state.close();
    await server.kill();
    state = openState();
    const startedAtMs = systemClock.monotonicMs();
    await state.connect();
    expect(systemClock.monotonicMs() - startedAtMs).toBeLessThan(1000 + graceMs);
    breaker = createSharedBreaker({ state, subject: 'ep_1', clock: systemClock });
    await fail(10);
    expect(breaker.state).toBe('open');
    await server.restart();
    await untilShared();
    expect(await server.command('HGET', 'postrider:{ep_1}:cb', 'state')).toBe('open');
  });

  it('keeps keys no longer than they say something', async () => {
    await fail(10);
    await state.acquireUnits({ subject: 'ep_1', limit: { ratePerSecond: 10, burst: 5 } });
    const breakerTtlMs = Number(await server.command('PTTL', 'postrider:{ep_1}:cb'));
    expect(breakerTtlMs).toBeGreaterThan(3_600_000);
    expect(breakerTtlMs).toBeLessThan(3_700_000);
    const limiterTtlMs = Number(await server.command('PTTL', 'postrider:{ep_1}:rl'));
    expect(limiterTtlMs).toBeGreaterThan(0);
    expect(limiterTtlMs).toBeLessThanOrEqual(1100);
  });
});

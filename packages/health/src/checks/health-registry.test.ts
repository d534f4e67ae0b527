import { coreError } from '@postrider/core';
import { createRecordingLogger, FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import type { CheckOutcome, HealthCheck } from '../ports/health-check.js';
import { createHealthRegistry } from './health-registry.js';

const up: CheckOutcome = { status: 'up' };

/** A check whose answer can be changed, and that counts how often it is asked. */
function fakeCheck(settings: Partial<HealthCheck> = {}) {
  const state = { calls: 0, answer: async (): Promise<CheckOutcome> => up };
  const check: HealthCheck = {
    name: 'storage',
    criticality: 'critical',
    check: async () => {
      state.calls += 1;
      return state.answer();
    },
    ...settings,
  };
  return { state, check };
}

/** A check that never answers and does not listen to its signal; `letGo` ends its runs. */
function hangingCheck(settings: Partial<HealthCheck> = {}) {
  const runs: { signal: AbortSignal; resolve: (outcome: CheckOutcome) => void }[] = [];
  const check: HealthCheck = {
    name: 'cache',
    criticality: 'optional',
    check: async ({ signal }) => new Promise((resolve) => runs.push({ signal, resolve })),
    ...settings,
  };
  return { runs, check };
}

function setUp(...checks: readonly HealthCheck[]) {
  const clock = new FakeClock();
  const logger = createRecordingLogger();
  return { clock, logger, registry: createHealthRegistry({ clock, logger, checks }) };
}

describe('a report', () => {
  it('has every check in order, with when and how long', async () => {
    const { clock, registry } = setUp(
      fakeCheck().check,
      fakeCheck({ name: 'queue', criticality: 'optional', check: async () => ({ status: 'up', details: { used: 3 } }) })
        .check,
    );
    const checkedAt = clock.now();
    expect(await registry.report()).toEqual({
      status: 'up',
      checkedAt,
      checks: [
        { name: 'storage', criticality: 'critical', status: 'up', checkedAt, durationMs: 0 },
        { name: 'queue', criticality: 'optional', status: 'up', details: { used: 3 }, checkedAt, durationMs: 0 },
      ],
    });
  });

  it.each<[HealthCheck['criticality'], CheckOutcome['status'], CheckOutcome['status']]>([
    ['critical', 'down', 'down'],
    ['critical', 'degraded', 'degraded'],
    ['optional', 'down', 'degraded'],
    ['optional', 'degraded', 'degraded'],
    ['optional', 'up', 'up'],
  ])('with one %s check %s is %s', async (criticality, status, overall) => {
    const { registry } = setUp(
      fakeCheck().check,
      fakeCheck({ name: 'other', criticality, check: async () => ({ status }) }).check,
    );
    expect(await registry.report()).toMatchObject({ status: overall });
  });

  it('is not delayed beyond the timeout by a check that hangs, and the others are asked meanwhile', async () => {
    const hanging = hangingCheck({ timeoutMs: 500 });
    const other = fakeCheck();
    const { clock, registry } = setUp(hanging.check, other.check);
    const report = registry.report();
    await clock.advance(0);
    expect(other.state.calls).toBe(1);
    await clock.advance(500);
    expect((await report).checks).toMatchObject([
      { name: 'cache', status: 'down', message: 'no answer within 500 ms', durationMs: 500 },
      { name: 'storage', status: 'up', durationMs: 0 },
    ]);
    expect(hanging.runs[0]?.signal.aborted).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  it('keeps the text of foreign errors out, and that of ours in', async () => {
    const { logger, registry } = setUp(
      fakeCheck({
        name: 'theirs',
        check: async () => {
          throw new Error('connect to postgres://user:password@db');
        },
      }).check,
      fakeCheck({
        name: 'ours',
        check: async () => {
          throw coreError('STORAGE_UNAVAILABLE', 'The pool has no connection.');
        },
      }).check,
    );
    const { checks } = await registry.report();
    expect(checks.map(({ status, message }) => [status, message])).toEqual([
      ['down', 'the check failed; the log says why'],
      ['down', 'STORAGE_UNAVAILABLE: The pool has no connection.'],
    ]);
    expect(logger.lines.filter(({ message }) => message === 'health check threw')).toHaveLength(2);
  });

  it('counts a check that throws at once as down', async () => {
    const check = fakeCheck({
      check: () => {
        throw new Error('not even a promise');
      },
    });
    expect(await setUp(check.check).registry.report()).toMatchObject({ status: 'down' });
  });
});

describe('a cached result', () => {
  it('is given again until it is too old', async () => {
    const { state, check } = fakeCheck({ cacheMs: 1000 });
    const { clock, registry } = setUp(check);
    await registry.report();
    await clock.advance(999);
    const { checks } = await registry.report();
    expect(state.calls).toBe(1);
    expect(checks[0]?.checkedAt).toEqual(new Date(clock.nowMs() - 999));
    await clock.advance(1);
    await registry.report();
    expect(state.calls).toBe(2);
  });

  it('is shared by those who ask at the same time', async () => {
    const { state, check } = fakeCheck({ cacheMs: 0 });
    const { registry } = setUp(check);
    registry.markRunning();
    await Promise.all([registry.report(), registry.readiness(), registry.report()]);
    expect(state.calls).toBe(1);
    await registry.report();
    expect(state.calls).toBe(2);
  });
});

describe('a check that hangs', () => {
  it('is tried again later, and its late answer changes nothing', async () => {
    const { runs, check } = hangingCheck({ timeoutMs: 100, cacheMs: 0 });
    const { clock, registry } = setUp(check);
    const first = registry.report();
    await clock.advance(100);
    expect((await first).status).toBe('degraded');
    const second = registry.report();
    await clock.advance(0);
    runs[1]?.resolve({ status: 'up' });
    expect((await second).status).toBe('up');
    runs[0]?.resolve({ status: 'down' });
    await clock.advance(0);
    const third = registry.report();
    await clock.advance(0);
    expect(runs).toHaveLength(3);
    runs[2]?.resolve({ status: 'up' });
    expect((await third).status).toBe('up');
  });

  it('leaves at most three runs behind, and recovers when one of them ends', async () => {
    const { runs, check } = hangingCheck({ timeoutMs: 100, cacheMs: 0 });
    const { clock, registry } = setUp(check);
    for (let turn = 0; turn < 3; turn += 1) {
      const report = registry.report();
      await clock.advance(100);
      await report;
    }
    const { checks } = await registry.report();
    expect(runs).toHaveLength(3);
    expect(checks[0]?.status).toBe('down');
    expect(checks[0]?.message).toMatch(/^3 earlier runs/);
    runs[0]?.resolve(up);
    await clock.advance(0);
    const recovering = registry.report();
    await clock.advance(0);
    runs[3]?.resolve(up);
    expect((await recovering).status).toBe('up');
  });
});

describe('the probes', () => {
  it('starting: live, neither started nor ready, and no check is asked', async () => {
    const { state, check } = fakeCheck();
    const { clock, registry } = setUp(check);
    await clock.advance(250);
    expect(registry.liveness()).toEqual({ ok: true, phase: 'starting', uptimeMs: 250 });
    expect(registry.startup().ok).toBe(false);
    expect(await registry.readiness()).toMatchObject({ ok: false, reasons: ['the process is starting'], checks: [] });
    expect(state.calls).toBe(0);
  });

  it('running: ready while no critical check is down', async () => {
    const { state, check } = fakeCheck({ cacheMs: 0 });
    const { registry } = setUp(check, fakeCheck({ name: 'cache', criticality: 'optional' }).check);
    registry.markRunning();
    expect(registry.startup().ok).toBe(true);
    expect(await registry.readiness()).toMatchObject({ ok: true, reasons: [], checks: [{ name: 'storage' }] });
    state.answer = async () => ({ status: 'degraded' });
    expect(await registry.readiness()).toMatchObject({ ok: true });
    state.answer = async () => ({ status: 'down', message: 'read-only' });
    expect(await registry.readiness()).toMatchObject({ ok: false, reasons: ['storage is down: read-only'] });
    expect(registry.liveness().ok).toBe(true);
    state.answer = async () => up;
    expect(await registry.readiness()).toMatchObject({ ok: true });
  });

  it('running: an optional check that is down changes nothing', async () => {
    const { registry } = setUp(
      fakeCheck({ name: 'cache', criticality: 'optional', check: async () => ({ status: 'down' }) }).check,
    );
    registry.markRunning();
    expect(await registry.readiness()).toMatchObject({ ok: true, checks: [] });
  });

  it('draining: live and started, never ready again', async () => {
    const { registry } = setUp(fakeCheck().check);
    registry.markRunning();
    registry.markDraining();
    registry.markRunning();
    expect(registry.liveness()).toMatchObject({ ok: true, phase: 'draining' });
    expect(registry.startup().ok).toBe(true);
    expect(await registry.readiness()).toMatchObject({ ok: false, reasons: ['the process is draining'] });
  });

  it('draining before it had started: startup never passes', () => {
    const { registry } = setUp();
    registry.markDraining();
    registry.markRunning();
    expect(registry.startup()).toMatchObject({ ok: false, phase: 'draining' });
  });
});

describe('adding checks', () => {
  it('refuses a name that is taken, until its owner is removed', async () => {
    const { registry } = setUp();
    const remove = registry.add(fakeCheck().check);
    expect(() => registry.add(fakeCheck().check)).toThrow(/two health checks named "storage"/);
    remove();
    registry.add(fakeCheck().check);
    remove();
    expect((await registry.report()).checks).toHaveLength(1);
  });

  it.each([
    [{ name: 'Not A Name' }, /lower case/],
    [{ timeoutMs: 0 }, /timeoutMs is 0/],
    [{ cacheMs: -1 }, /cacheMs is -1/],
  ])('refuses %j', (settings, message) => {
    expect(() => setUp(fakeCheck(settings).check)).toThrow(message);
  });
});

describe('the log', () => {
  it('has a line for each change, and none while nothing changes', async () => {
    const { state, check } = fakeCheck({ cacheMs: 0 });
    const { logger, registry } = setUp(check);
    await registry.report();
    state.answer = async () => ({ status: 'down', message: 'gone' });
    await registry.report();
    await registry.report();
    state.answer = async () => up;
    await registry.report();
    expect(logger.lines.map(({ level, message, fields }) => [level, message, fields.check, fields.reason])).toEqual([
      ['warn', 'health check changed', 'storage', 'gone'],
      ['info', 'health check recovered', 'storage', undefined],
    ]);
  });
});

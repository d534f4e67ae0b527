import { describe, expect, it } from 'vitest';
import { createBreaker, type Breaker, type BreakerOptions } from './breaker.js';
import { defaultBreakerPolicy, defineBreakerPolicy } from './breaker-policy.js';
import type { BreakerOutcome, BreakerPermit, BreakerSnapshot, BreakerTransition } from './breaker-state.js';

const startMs = Date.UTC(2026, 2, 1);

function setUp(options: Partial<BreakerOptions> = {}) {
  const clock = { nowMs: startMs };
  const transitions: BreakerTransition[] = [];
  const create = (snapshot?: BreakerSnapshot): Breaker =>
    createBreaker({
      now: () => clock.nowMs,
      random: () => 0.5,
      onTransition: (transition) => transitions.push(transition),
      snapshot,
      ...options,
    });
  const breaker = create();
  const call = (outcome: BreakerOutcome, times = 1): void => {
    for (let made = 0; made < times; made += 1) breaker.record(permitOf(breaker), outcome);
  };
  return { breaker, call, clock, create, transitions };
}

function permitOf(breaker: Breaker): BreakerPermit {
  const admission = breaker.acquire();
  if (!admission.allowed) throw new Error(`refused: ${admission.reason}`);
  return admission.permit;
}

describe('a closed breaker', () => {
  it('opens at the 10th failure in a row, for 30 s', () => {
    const { breaker, call } = setUp();
    call('failure', 9);
    expect(breaker.state).toBe('closed');
    call('failure');
    expect(breaker.acquire()).toEqual({ allowed: false, reason: 'open', retryAt: new Date(startMs + 30_000) });
  });

  it('does not open when an hour lies between the 9th failure and the 10th', () => {
    const { breaker, call, clock } = setUp();
    call('failure', 9);
    clock.nowMs += 3_600_000;
    call('failure');
    expect(breaker.state).toBe('closed');
    expect(breaker.snapshot()).toMatchObject({ consecutiveFailures: 1 });
  });

  it('does not open by a ratio that time has dissolved', () => {
    const { breaker, call, clock } = setUp();
    for (let pair = 0; pair < 9; pair += 1) {
      call('success');
      call('failure');
    }
    clock.nowMs += 60_000;
    call('failure', 9);
    expect(breaker.state).toBe('closed');
  });

  it.each<[string, BreakerOutcome[], BreakerTransition['cause'] | undefined]>([
    ['10 of 20 failures', ['success', 'failure'], 'failure_ratio'],
    ['20 of 20 slow', ['slow'], 'slow_ratio'],
    ['16 of 20 slow', ['slow', 'slow', 'slow', 'slow', 'success'], 'slow_ratio'],
    ['15 of 20 slow', ['slow', 'slow', 'slow', 'success'], undefined],
    ['5 of 20 failures', ['success', 'failure', 'success', 'success'], undefined],
    ['no result that says anything', ['ignore'], undefined],
  ])('judges %s', (_calls, pattern, cause) => {
    const { call, transitions } = setUp();
    for (let made = 0; made < 20; made += 1) call(pattern[made % pattern.length]!);
    expect(transitions.map((transition) => transition.cause)).toEqual(cause === undefined ? [] : [cause]);
  });

  it('compares 28 of 35 with 0.8 exactly', () => {
    const { breaker, call } = setUp({ policy: defineBreakerPolicy({ minimumCalls: 35 }) });
    call('success', 7);
    call('slow', 27);
    expect(breaker.state).toBe('closed');
    call('slow');
    expect(breaker.state).toBe('open');
  });

  it('stays closed as long as it may not open, and opens at the next result after that', () => {
    let mayOpen = false;
    const { breaker, call } = setUp({ mayOpen: () => mayOpen });
    call('failure', 50);
    expect(breaker.state).toBe('closed');
    mayOpen = true;
    call('failure');
    expect(breaker.state).toBe('open');
  });
});

describe('an open breaker', () => {
  it.each([
    [0, 24_000],
    [0.5, 30_000],
    [1 - Number.EPSILON, 36_000],
  ])('with a chance of %d stays open for %d ms', (chance, openMs) => {
    const { breaker, call } = setUp({ random: () => chance });
    call('failure', 10);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', openUntilMs: startMs + openMs });
  });

  it('doubles the time with every failed probe, up to 10 min', () => {
    const { call, clock, breaker } = setUp();
    call('failure', 10);
    const waitsMs: number[] = [];
    for (let trip = 0; trip < 7; trip += 1) {
      const snapshot = breaker.snapshot();
      if (snapshot.state !== 'open') throw new Error(snapshot.state);
      waitsMs.push(snapshot.openUntilMs - clock.nowMs);
      clock.nowMs = snapshot.openUntilMs;
      call('failure');
    }
    expect(waitsMs).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
  });

  it('allows nothing until the very end of the open time', () => {
    const { breaker, call, clock } = setUp();
    call('failure', 10);
    clock.nowMs += 29_999;
    expect(breaker.acquire().allowed).toBe(false);
    clock.nowMs += 1;
    expect(breaker.acquire().allowed).toBe(true);
  });

  it('waits no longer when the clock is set back', () => {
    const { breaker, call, clock } = setUp();
    call('failure', 10);
    clock.nowMs -= 3_600_000;
    expect(breaker.acquire()).toMatchObject({ retryAt: new Date(clock.nowMs + 30_000) });
    clock.nowMs += 30_000;
    expect(breaker.acquire().allowed).toBe(true);
  });
});

describe('a half-open breaker', () => {
  function halfOpen() {
    const parts = setUp();
    parts.call('failure', 10);
    parts.clock.nowMs += 30_000;
    return parts;
  }

  it('grants one probe at a time and closes after 3 successes, fast or slow', () => {
    const { breaker, clock, transitions } = halfOpen();
    for (const outcome of ['success', 'slow', 'success'] as const) {
      const probe = permitOf(breaker);
      expect(breaker.acquire()).toEqual({
        allowed: false,
        reason: 'probing',
        retryAt: new Date(clock.nowMs + defaultBreakerPolicy.probeLeaseMs),
      });
      breaker.record(probe, outcome);
    }
    expect(transitions.map(({ from, to }) => `${from} → ${to}`)).toEqual([
      'closed → open',
      'open → half_open',
      'half_open → closed',
    ]);
  });

  it('replaces a probe when its lease ends, and ignores what it says after that', () => {
    const { breaker, clock } = halfOpen();
    const lost = permitOf(breaker);
    clock.nowMs += defaultBreakerPolicy.probeLeaseMs;
    const second = permitOf(breaker);
    breaker.record(lost, 'failure');
    expect(breaker.state).toBe('half_open');
    breaker.record(second, 'success');
    expect(breaker.snapshot()).toMatchObject({ successes: 1 });
  });

  it('counts the result of a probe once', () => {
    const { breaker } = halfOpen();
    const probe = permitOf(breaker);
    for (let time = 0; time < 3; time += 1) breaker.record(probe, 'success');
    expect(breaker.snapshot()).toMatchObject({ state: 'half_open', successes: 1 });
  });

  it('ignores calls that began before it opened', () => {
    const { breaker, call, clock } = setUp();
    const slowCall = permitOf(breaker);
    call('failure', 10);
    clock.nowMs += 30_000;
    permitOf(breaker);
    breaker.record(slowCall, 'failure');
    expect(breaker.state).toBe('half_open');
  });
});

describe('an operator', () => {
  it('isolates, disables and resets', () => {
    const { breaker, call } = setUp();
    breaker.isolate();
    expect(breaker.acquire()).toEqual({ allowed: false, reason: 'isolated', retryAt: undefined });
    breaker.disable();
    call('failure', 100);
    expect(breaker.state).toBe('disabled');
    breaker.reset();
    call('failure', 10);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', trips: 1 });
  });
});

describe('a snapshot', () => {
  it('keeps the counts over a restart', () => {
    const { breaker, call, create } = setUp();
    call('failure', 9);
    const restarted = create(JSON.parse(JSON.stringify(breaker.snapshot())) as BreakerSnapshot);
    restarted.record(permitOf(restarted), 'failure');
    expect(restarted.state).toBe('open');
  });

  it('has no counts of results that are over', () => {
    const { breaker, call, clock } = setUp();
    const untouched = breaker.snapshot();
    call('failure', 9);
    clock.nowMs += 60_000;
    expect(breaker.snapshot()).toEqual(untouched);
  });

  it('does not keep it open for longer than 12 min, whatever became of the clock', () => {
    const { breaker, call, clock, create } = setUp();
    call('failure', 10);
    const snapshot = breaker.snapshot();
    clock.nowMs -= 30 * 86_400_000;
    expect(create(snapshot).snapshot()).toMatchObject({ state: 'open', openUntilMs: clock.nowMs + 720_000 });
  });

  it('loses its window when that has another shape', () => {
    const { breaker, call, create } = setUp();
    call('failure', 5);
    const { create: createOther } = setUp({ policy: defineBreakerPolicy({ windowBuckets: 12 }) });
    expect(create(breaker.snapshot()).snapshot()).toEqual(breaker.snapshot());
    expect(createOther(breaker.snapshot()).snapshot()).not.toHaveProperty('window');
  });
});

describe('isIdle', () => {
  it('says when a breaker need not be kept', () => {
    const { breaker, call, clock } = setUp();
    expect(breaker.isIdle()).toBe(true);
    call('failure', 9);
    expect(breaker.isIdle()).toBe(false);
    clock.nowMs += 60_000;
    expect(breaker.isIdle()).toBe(true);
    call('failure', 10);
    clock.nowMs += 30_000;
    expect(breaker.isIdle()).toBe(false);
    call('success', 3);
    clock.nowMs += 299_999;
    expect(breaker.isIdle()).toBe(false);
    clock.nowMs += 1;
    expect(breaker.isIdle()).toBe(true);
  });
});

describe('defineBreakerPolicy', () => {
  it.each([
    [{ consecutiveFailures: 0 }, 'consecutiveFailures is 0: expected an integer from 1'],
    [{ failureRatio: 1.5 }, 'failureRatio is 1.5: expected a number from'],
    [{ slowRatio: Number.NaN }, 'slowRatio is NaN'],
    [{ openMs: 700_000 }, 'maxOpenMs is 600000: expected an integer from 700000'],
  ])('refuses %j', (changes, message) => {
    expect(() => defineBreakerPolicy(changes)).toThrow(message);
  });
});

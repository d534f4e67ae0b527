import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBreaker, type Breaker, type BreakerOptions } from './breaker.js';
import { defaultBreakerPolicy, defineBreakerPolicy, type BreakerPolicy } from './breaker-policy.js';
import type { BreakerAdmission, BreakerOutcome, BreakerPermit, BreakerSnapshot } from './breaker-state.js';

type Subject = Pick<Breaker, 'acquire' | 'record' | 'isolate' | 'disable' | 'reset' | 'snapshot'>;
type Create = (options: BreakerOptions) => Subject;

const START_MS = Date.UTC(2026, 0, 1);
const BUCKET_MS = 10_000;
const policy = defaultBreakerPolicy;

/** What happens to a breaker. Steps back are whole buckets long, so that the model need not know where buckets begin. */
type Step =
  | { readonly kind: 'burst'; readonly afterMs?: number; readonly count: number; readonly outcome: BreakerOutcome }
  | { readonly kind: 'acquire' }
  | { readonly kind: 'record'; readonly which: number; readonly outcome: BreakerOutcome }
  | { readonly kind: 'lose'; readonly which: number }
  | { readonly kind: 'tick'; readonly delayMs: number }
  | { readonly kind: 'set_back'; readonly buckets: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'isolate' | 'disable' | 'reset' };

/** The rules once more, as naively as possible: it keeps every result, and its time never goes back. */
class Model {
  elapsedMs = 0;
  generation = 1;
  state: BreakerSnapshot['state'] = 'closed';
  trips = 0;
  closedAtMs = 0;
  results: { atMs: number; outcome: BreakerOutcome }[] = [];
  streak = 0;
  openUntilMs = 0;
  successes = 0;
  probe: { permit: number; leaseUntilMs: number } | undefined;
  granted = 0;

  enter(state: BreakerSnapshot['state']): void {
    this.state = state;
    this.generation += 1;
    this.closedAtMs = this.elapsedMs;
    this.results = [];
    this.streak = 0;
    this.successes = 0;
    this.probe = undefined;
    this.granted = 0;
  }

  force(state: BreakerSnapshot['state']): void {
    this.enter(state);
    this.trips = 0;
  }

  acquire(): { allowed: boolean; probe?: number; untilMs?: number } {
    if (this.state === 'closed' || this.state === 'disabled') return { allowed: true };
    if (this.state === 'isolated') return { allowed: false };
    if (this.state === 'open') {
      if (this.elapsedMs < this.openUntilMs) return { allowed: false, untilMs: this.openUntilMs };
      this.enter('half_open');
    }
    if (this.probe !== undefined && this.elapsedMs < this.probe.leaseUntilMs) {
      return { allowed: false, untilMs: this.probe.leaseUntilMs };
    }
    this.granted += 1;
    this.probe = { permit: this.granted, leaseUntilMs: this.elapsedMs + policy.probeLeaseMs };
    return { allowed: true, probe: this.granted };
  }

  /** Whether it trips, which the caller completes with the open time that was drawn. */
  record(permit: BreakerPermit, outcome: BreakerOutcome): boolean {
    if (permit.generation !== this.generation) return false;
    if (this.state === 'closed' && outcome !== 'ignore') return this.count(outcome);
    if (this.state !== 'half_open' || this.probe === undefined || permit.probe !== this.probe.permit) return false;
    this.probe = undefined;
    if (outcome === 'ignore') return false;
    if (outcome === 'failure') return true;
    this.successes += 1;
    if (this.successes === policy.successesToClose) this.enter('closed');
    return false;
  }

  private count(outcome: BreakerOutcome): boolean {
    const last = this.results.at(-1);
    if (last !== undefined && this.elapsedMs - last.atMs >= policy.windowMs) this.streak = 0;
    this.streak = outcome === 'failure' ? this.streak + 1 : 0;
    this.results.push({ atMs: this.elapsedMs, outcome });
    const bucket = Math.floor(this.elapsedMs / BUCKET_MS);
    const recent = this.results.filter(({ atMs }) => bucket - Math.floor(atMs / BUCKET_MS) < policy.windowBuckets);
    const failures = recent.filter((result) => result.outcome === 'failure').length;
    const slow = recent.filter((result) => result.outcome === 'slow').length;
    const enough = recent.length >= 20;
    if (this.streak >= 10 || (enough && failures * 2 >= recent.length) || (enough && slow * 5 >= recent.length * 4)) {
      if (this.elapsedMs - this.closedAtMs >= policy.forgetTripsAfterMs) this.trips = 0;
      return true;
    }
    return false;
  }
}

class Run {
  readonly model = new Model();
  readonly pending: BreakerPermit[] = [];
  breaker: Subject;
  skewMs = 0;

  constructor(
    private readonly create: Create,
    private readonly random: () => number,
  ) {
    this.breaker = create(this.options());
  }

  apply(step: Step): void {
    switch (step.kind) {
      case 'burst':
        this.model.elapsedMs += step.afterMs ?? 0;
        for (let call = 0; call < step.count; call += 1) {
          this.acquire();
          this.record(this.pending.length - 1, step.outcome);
        }
        return;
      case 'acquire':
        return this.acquire();
      case 'record':
        return this.record(step.which, step.outcome);
      case 'lose':
        if (this.pending.length > 0) this.pending.splice(step.which % this.pending.length, 1);
        return;
      case 'tick':
        this.model.elapsedMs += step.delayMs;
        return;
      case 'set_back':
        // A snapshot reads the clock: the breaker sees the step and nothing else.
        this.breaker.snapshot();
        this.skewMs -= step.buckets * BUCKET_MS;
        this.breaker.snapshot();
        return;
      case 'restart': {
        const snapshot = JSON.parse(JSON.stringify(this.breaker.snapshot())) as BreakerSnapshot;
        this.breaker = this.create({ ...this.options(), snapshot });
        return;
      }
      case 'isolate':
        this.breaker.isolate();
        return this.model.force('isolated');
      case 'disable':
        this.breaker.disable();
        return this.model.force('disabled');
      case 'reset':
        this.breaker.reset();
        return this.model.force('closed');
    }
  }

  agree(): void {
    const { model } = this;
    const snapshot = this.breaker.snapshot();
    expect(snapshot).toMatchObject({ state: model.state, generation: model.generation, trips: model.trips });
    if (snapshot.state === 'open') expect(this.toElapsedMs(snapshot.openUntilMs)).toBe(model.openUntilMs);
    if (snapshot.state === 'half_open') expect(snapshot.successes).toBe(model.successes);
  }

  acquire(): void {
    const expected = this.model.acquire();
    const admission = this.breaker.acquire();
    expect(this.describe(admission)).toEqual(expected);
    if (admission.allowed) this.pending.push(admission.permit);
  }

  private record(which: number, outcome: BreakerOutcome): void {
    if (this.pending.length === 0) return;
    const [permit] = this.pending.splice(which % this.pending.length, 1);
    const trips = this.model.record(permit!, outcome);
    this.breaker.record(permit!, outcome);
    if (!trips) return;

    this.model.trips += 1;
    this.model.enter('open');
    const snapshot = this.breaker.snapshot();
    if (snapshot.state !== 'open') throw new Error(`it is ${snapshot.state}, the model is open`);
    this.model.openUntilMs = this.toElapsedMs(snapshot.openUntilMs);
    const openMs = this.model.openUntilMs - this.model.elapsedMs;
    const baseMs = Math.min(30_000 * 2 ** (this.model.trips - 1), 600_000);
    expect(openMs).toBeGreaterThanOrEqual(baseMs * 0.8);
    expect(openMs).toBeLessThanOrEqual(baseMs * 1.2);
  }

  private options(): BreakerOptions {
    return { now: () => START_MS + this.skewMs + this.model.elapsedMs, random: this.random };
  }

  private toElapsedMs(wallMs: number): number {
    return wallMs - START_MS - this.skewMs;
  }

  private describe(admission: BreakerAdmission): ReturnType<Model['acquire']> {
    if (admission.allowed) {
      const { probe } = admission.permit;
      return probe === undefined ? { allowed: true } : { allowed: true, probe };
    }
    const { retryAt } = admission;
    return retryAt === undefined
      ? { allowed: false }
      : { allowed: false, untilMs: this.toElapsedMs(retryAt.getTime()) };
  }
}

const outcomes = fc.constantFrom<BreakerOutcome[]>('success', 'slow', 'failure', 'failure', 'ignore');
const delays = fc.oneof(
  fc.integer({ min: 1, max: 20_000 }),
  fc.constantFrom(BUCKET_MS, 30_000, 36_000, 60_000, 300_000, 3_600_000),
);
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('burst'),
      afterMs: fc.constantFrom(0, 0, 5000, 720_000),
      count: fc.integer({ min: 1, max: 12 }),
      outcome: outcomes,
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('acquire') }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('record'), which: fc.nat(20), outcome: outcomes }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose'), which: fc.nat(20) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('tick'), delayMs: delays }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('set_back'), buckets: fc.integer({ min: 1, max: 1000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('isolate', 'disable', 'reset') }) },
);
const numbers = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
const courses = fc.array(steps, { maxLength: 80, size: 'max' });

/** What is wrong with a breaker; `undefined` when nothing was found. */
function findBreach(
  create: Create,
  parameters: { numRuns: number; seed?: number; endOnFailure?: boolean },
): string | undefined {
  const property = fc.property(courses, numbers, (course, stream) => {
    const run = new Run(create, () => stream.next().value as number);
    for (const step of course) {
      run.apply(step);
      run.agree();
    }
  });
  const details = fc.check(property, parameters);
  return details.failed ? fc.defaultReportMessage(details) : undefined;
}

const withPolicy =
  (changes: Partial<BreakerPolicy>): Create =>
  (options) =>
    createBreaker({ ...options, policy: defineBreakerPolicy(changes) });

/** Breakers with a mistake each: what the model does not find in them, it would not find in ours. */
const mutants: Record<string, Create> = {
  'counts for ever': withPolicy({ windowMs: 1e12 }),
  'counts half as long': withPolicy({ windowMs: 30_000, windowBuckets: 3 }),
  'opens at the 11th failure': withPolicy({ consecutiveFailures: 11 }),
  'looks at ratios too late': withPolicy({ minimumCalls: 21 }),
  'compares the failure ratio by >': withPolicy({ failureRatio: 0.500_001 }),
  'compares the slow ratio by >': withPolicy({ slowRatio: 0.800_001 }),
  'does not stay open': withPolicy({ openMs: 1000 }),
  'stays open longer and longer': withPolicy({ maxOpenMs: 1e9 }),
  'forgets trips at once': withPolicy({ forgetTripsAfterMs: 0 }),
  'never forgets trips': withPolicy({ forgetTripsAfterMs: 1e12 }),
  'closes after two probes': withPolicy({ successesToClose: 2 }),
  'closes after four probes': withPolicy({ successesToClose: 4 }),
  'makes two probes at once': withPolicy({ probeLeaseMs: 1 }),
  'waits for ever for a lost probe': withPolicy({ probeLeaseMs: 1e12 }),
  'believes results of older generations': (options) => {
    const breaker = createBreaker(options);
    const record: Breaker['record'] = (permit, outcome) => {
      breaker.record({ ...permit, generation: breaker.snapshot().generation }, outcome);
    };
    return delegate(breaker, { record });
  },
  'takes being told nothing for a success': (options) => {
    const breaker = createBreaker(options);
    const record: Breaker['record'] = (permit, outcome) => {
      breaker.record(permit, outcome === 'ignore' ? 'success' : outcome);
    };
    return delegate(breaker, { record });
  },
};

function delegate(breaker: Breaker, changes: Partial<Subject>): Subject {
  return {
    acquire: () => breaker.acquire(),
    record: (permit, outcome) => breaker.record(permit, outcome),
    isolate: () => breaker.isolate(),
    disable: () => breaker.disable(),
    reset: () => breaker.reset(),
    snapshot: () => breaker.snapshot(),
    ...changes,
  };
}

describe('Breaker against its model', () => {
  it('follows the rules through any course of calls, silences, restarts, wrong clocks and operators', () => {
    expect(findBreach(createBreaker, { numRuns: 1000 })).toBeUndefined();
  });

  it.each(Object.entries(mutants))('finds the breaker that %s', (_mistake, create) => {
    expect(findBreach(create, { numRuns: 5000, seed: 1, endOnFailure: true })).toContain('Counterexample');
  });

  it('comes back to closed from wherever a course has led', () => {
    fc.assert(
      fc.property(courses, numbers, (course, stream) => {
        const run = new Run(createBreaker, () => stream.next().value as number);
        for (const step of course) run.apply(step);
        if (run.breaker.snapshot().state === 'isolated' || run.breaker.snapshot().state === 'disabled') return;
        run.apply({ kind: 'tick', delayMs: 720_000 });
        run.apply({ kind: 'burst', count: policy.successesToClose, outcome: 'success' });
        expect(run.breaker.snapshot().state).toBe('closed');
      }),
    );
  });
});

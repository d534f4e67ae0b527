import { afterAll, describe, expect, it } from 'vitest';
import { defaultBreakerPolicy } from '../../breaker/breaker-policy.js';
import type { BreakerTarget, SharedState } from '../../ports/shared-state.js';
import { createFailoverState } from '../../shared/failover-state.js';
import { createLocalHarness } from '../local-harness.js';
import { describeSharedStateConformance } from './describe-shared-state-conformance.js';

describeSharedStateConformance(createLocalHarness(), { describe, it, afterAll });

describe('behind a failover', () => {
  const harness = createLocalHarness({ wrap: (remote) => createFailoverState({ remote }) });
  describeSharedStateConformance({ ...harness, name: 'failover' }, { describe, it, afterAll });
});

/** A state with one bug, and the rule that is there to find it. */
interface Mutant {
  readonly bug: string;
  readonly change: (state: SharedState) => Partial<SharedState>;
  readonly rule: string;
}

const mutants: readonly Mutant[] = [
  {
    bug: 'results of earlier generations count',
    change: (state) => ({
      recordOutcome: async (params) => {
        const { generation } = await state.readBreaker(params);
        return state.recordOutcome({ ...params, permit: { ...params.permit, generation } });
      },
    }),
    rule: 'breaking > results of calls that began in an earlier generation are ignored',
  },
  {
    bug: 'whoever asks after the open time gets a probe',
    change: (state) => ({
      acquire: async (params) => {
        const answer = await state.acquire(params);
        const isProbing = !answer.admission.allowed && answer.admission.reason === 'probing';
        const permit = { generation: answer.snapshot.generation, probe: 1 };
        return isProbing ? { ...answer, admission: { allowed: true, permit } } : answer;
      },
    }),
    rule: 'probing > after the open time one of many callers gets the probe',
  },
  {
    bug: 'what callers know is not looked at',
    change: (state) => ({
      acquire: (params) => state.acquire({ ...params, known: undefined }),
      readBreaker: (params) => state.readBreaker({ ...params, known: undefined }),
    }),
    rule: 'going on from what a caller knows > an empty state takes over an open breaker with its time and its trips',
  },
  {
    bug: 'slow calls are successes like others',
    change: (state) => ({
      recordOutcome: (params) =>
        state.recordOutcome({ ...params, outcome: params.outcome === 'slow' ? 'success' : params.outcome }),
    }),
    rule: 'breaking > opens when most of the calls in the window were slow',
  },
  {
    bug: 'the panic guard is not asked',
    change: (state) => ({ recordOutcome: (params) => state.recordOutcome({ ...params, mayOpen: true }) }),
    rule: 'breaking > stays closed while it may not open, and opens with the next result',
  },
  {
    bug: 'the length of the window is taken in seconds',
    change: (state) => {
      const policyOf = ({ policy = defaultBreakerPolicy }: BreakerTarget) => ({
        ...policy,
        windowMs: policy.windowMs * 1000,
      });
      return {
        acquire: (params) => state.acquire({ ...params, policy: policyOf(params) }),
        readBreaker: (params) => state.readBreaker({ ...params, policy: policyOf(params) }),
        recordOutcome: (params) => state.recordOutcome({ ...params, policy: policyOf(params) }),
      };
    },
    rule: 'breaking > failures before a silence of the window count for nothing',
  },
  {
    bug: 'every call costs one unit',
    change: (state) => ({ acquireUnits: (params) => state.acquireUnits({ ...params, cost: 1 }) }),
    rule: 'limiting > all units of a cost pass or none',
  },
  {
    bug: 'a place is booked even when it is too late',
    change: (state) => ({
      acquireUnits: async (params) => {
        const late = await state.acquireUnits({ ...params, latestAt: new Date(8.64e15) });
        const nowMs = Date.UTC(2026, 0, 1);
        const isLate = late.granted && late.useAt.getTime() > (params.latestAt?.getTime() ?? nowMs);
        return isLate ? { granted: false, retryAt: late.useAt, remaining: late.remaining } : late;
      },
    }),
    rule: 'limiting > nothing is booked when the place would be too late',
  },
  {
    bug: 'whoever hears of a transition is told that it was theirs',
    change: (state) => ({
      recordOutcome: async (params) => {
        const snapshot = await state.recordOutcome(params);
        return snapshot.state === 'open' ? { ...snapshot, changedFrom: 'closed' } : snapshot;
      },
    }),
    rule: 'breaking > what changes the state says so, and nothing else does',
  },
  {
    bug: 'breakers and limits of all subjects are one',
    change: (state) => ({
      acquire: (params) => state.acquire({ ...params, subject: 'all' }),
      readBreaker: (params) => state.readBreaker({ ...params, subject: 'all' }),
      recordOutcome: (params) => state.recordOutcome({ ...params, subject: 'all' }),
    }),
    rule: 'breaking > subjects have nothing to do with each other',
  },
];

/** The methods of a state, bound to it, to be replaced one by one. */
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

/** The names of the cases that fail. */
async function failuresOf(wrap: (state: SharedState) => SharedState): Promise<readonly string[]> {
  const path: string[] = [];
  const cases: { readonly name: string; readonly body: () => Promise<void> }[] = [];
  describeSharedStateConformance(createLocalHarness({ wrap }), {
    describe: (name, body) => {
      path.push(name);
      body();
      path.pop();
    },
    it: (name, body) => void cases.push({ name: [...path.slice(1), name].join(' > '), body }),
    afterAll: () => undefined,
  });
  const failed: string[] = [];
  for (const { name, body } of cases) {
    await body().catch(() => failed.push(name));
  }
  return failed;
}

describe('the suite', () => {
  it('finds nothing wrong with a state that is right', async () => {
    expect(await failuresOf(methodsOf)).toEqual([]);
  });

  it.each(mutants)('finds that $bug', async ({ change, rule }) => {
    expect(await failuresOf((state) => ({ ...methodsOf(state), ...change(state) }))).toContain(rule);
  });
});

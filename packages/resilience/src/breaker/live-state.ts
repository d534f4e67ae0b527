import type { SteadyClock } from '../internal/steady-clock.js';
import type { BreakerPolicy } from './breaker-policy.js';
import type { BreakerSnapshot } from './breaker-state.js';
import { SlidingWindow } from './sliding-window.js';

/** Instants of live states are those of the breaker's steady clock; snapshots have those of its source. */
export interface Closed {
  readonly state: 'closed';
  readonly closedAtMs: number;
  consecutiveFailures: number;
  lastResultAtMs: number | undefined;
  /** Created at the first result: a breaker that was never used takes no memory for counts. */
  window: SlidingWindow | undefined;
}

interface Open {
  readonly state: 'open';
  readonly openUntilMs: number;
}

export interface HalfOpen {
  readonly state: 'half_open';
  successes: number;
  /** How many probes were granted; the number of the latest, whose result alone counts. */
  probesGranted: number;
  leaseUntilMs: number | undefined;
}

export type State = Closed | Open | HalfOpen | { readonly state: 'isolated' | 'disabled' };

interface Context {
  readonly clock: SteadyClock;
  readonly policy: BreakerPolicy;
}

export function createWindow({ windowMs, windowBuckets }: BreakerPolicy, nowMs: number): SlidingWindow {
  return new SlidingWindow({ bucketMs: windowMs / windowBuckets, bucketCount: windowBuckets, nowMs });
}

export function toSnapshot(
  state: State,
  context: Context & { readonly base: Pick<BreakerSnapshot, 'generation' | 'trips'> },
): BreakerSnapshot {
  const { base, clock } = context;
  switch (state.state) {
    case 'closed':
      return { ...base, ...snapshotClosed(state, context) };
    case 'open':
      return { ...base, state: 'open', openUntilMs: clock.toSourceMs(state.openUntilMs) };
    case 'half_open': {
      const { successes, probesGranted, leaseUntilMs } = state;
      const lease = leaseUntilMs === undefined ? {} : { leaseUntilMs: clock.toSourceMs(leaseUntilMs) };
      return { ...base, state: 'half_open', successes, probesGranted, ...lease };
    }
    case 'isolated':
    case 'disabled':
      return { ...base, state: state.state };
  }
}

/**
 * The clock may have been set back since the snapshot was taken, or belong to another machine: no instant is believed
 * to be further away than it can be.
 */
export function fromSnapshot(snapshot: BreakerSnapshot, { clock, policy }: Context): State {
  const nowMs = clock.read();
  const { maxOpenMs, openJitter, probeLeaseMs } = policy;
  switch (snapshot.state) {
    case 'closed': {
      const { closedAtMs, consecutiveFailures, lastResultAtMs } = snapshot;
      const window = createWindow(policy, nowMs);
      if (snapshot.window !== undefined) window.restore(snapshot.window);
      return {
        state: 'closed',
        closedAtMs: Math.min(closedAtMs, nowMs),
        consecutiveFailures,
        lastResultAtMs: lastResultAtMs === undefined ? undefined : Math.min(lastResultAtMs, nowMs),
        window,
      };
    }
    case 'open':
      return { state: 'open', openUntilMs: Math.min(snapshot.openUntilMs, nowMs + maxOpenMs * (1 + openJitter)) };
    case 'half_open': {
      const { successes, probesGranted, leaseUntilMs } = snapshot;
      const lease = leaseUntilMs === undefined ? undefined : Math.min(leaseUntilMs, nowMs + probeLeaseMs);
      return { state: 'half_open', successes, probesGranted, leaseUntilMs: lease };
    }
    case 'isolated':
    case 'disabled':
      return { state: snapshot.state };
  }
}

function snapshotClosed(
  closed: Closed,
  { clock, policy }: Context,
): Omit<Extract<BreakerSnapshot, { state: 'closed' }>, 'generation' | 'trips'> {
  const nowMs = clock.read();
  const { window, lastResultAtMs, consecutiveFailures } = closed;
  window?.expire(nowMs);
  const recent = lastResultAtMs !== undefined && nowMs - lastResultAtMs < policy.windowMs ? lastResultAtMs : undefined;
  return {
    state: 'closed',
    closedAtMs: clock.toSourceMs(closed.closedAtMs),
    consecutiveFailures: recent === undefined ? 0 : consecutiveFailures,
    ...(recent === undefined ? {} : { lastResultAtMs: clock.toSourceMs(recent) }),
    ...(window === undefined || window.calls === 0
      ? {}
      : { window: window.snapshot((steadyMs) => clock.toSourceMs(steadyMs)) }),
  };
}

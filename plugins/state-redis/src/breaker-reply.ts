import type { BreakerAdmission, BreakerSnapshot, SharedSnapshot } from '@postrider/resilience';

/** What the breaker script answers. Durations, for the clock of the server is not ours. */
export interface BreakerReply {
  readonly state: BreakerSnapshot['state'];
  readonly generation: number;
  readonly trips: number;
  readonly closedForMs: number;
  readonly consecutiveFailures: number;
  readonly idleForMs?: number;
  readonly remainingMs?: number;
  readonly successes: number;
  readonly probesGranted: number;
  /** The state that this call ended. */
  readonly changedFrom?: BreakerSnapshot['state'];
  readonly admission?: {
    readonly allowed: boolean;
    readonly reason?: 'open' | 'probing' | 'isolated';
    readonly probe?: number;
  };
}

/** How the breaker stands, on the caller's clock, and whether the call changed that. */
export function toSnapshot(reply: BreakerReply, nowMs: number): SharedSnapshot {
  const { changedFrom } = reply;
  const snapshot = toPlainSnapshot(reply, nowMs);
  return changedFrom === undefined ? snapshot : { ...snapshot, changedFrom };
}

function toPlainSnapshot(reply: BreakerReply, nowMs: number): BreakerSnapshot {
  const { state, generation, trips, remainingMs } = reply;
  switch (state) {
    case 'closed': {
      const closedAtMs = nowMs - reply.closedForMs;
      const lastResult = reply.idleForMs === undefined ? {} : { lastResultAtMs: nowMs - reply.idleForMs };
      return { state, generation, trips, closedAtMs, consecutiveFailures: reply.consecutiveFailures, ...lastResult };
    }
    case 'open':
      return { state, generation, trips, openUntilMs: nowMs + (remainingMs ?? 0) };
    case 'half_open': {
      const lease = remainingMs === undefined ? {} : { leaseUntilMs: nowMs + remainingMs };
      return { state, generation, trips, successes: reply.successes, probesGranted: reply.probesGranted, ...lease };
    }
    case 'isolated':
    case 'disabled':
      return { state, generation, trips };
  }
}

/** The answer to `acquire`, which goes with the snapshot. */
export function toAdmission({ admission }: BreakerReply, snapshot: BreakerSnapshot): BreakerAdmission {
  if (admission?.allowed === true) {
    return { allowed: true, permit: { generation: snapshot.generation, probe: admission.probe } };
  }
  const untilMs =
    snapshot.state === 'open'
      ? snapshot.openUntilMs
      : snapshot.state === 'half_open'
        ? snapshot.leaseUntilMs
        : undefined;
  const retryAt = untilMs === undefined ? undefined : new Date(Math.ceil(untilMs));
  return { allowed: false, reason: admission?.reason ?? 'isolated', retryAt };
}

/** What the caller knows, on no clock. A row of failures that is older than a window is none any more. */
export function toKnown(known: BreakerSnapshot | undefined, nowMs: number): object | undefined {
  if (known === undefined) return undefined;
  const base = { state: known.state, generation: known.generation, trips: known.trips };
  switch (known.state) {
    case 'closed':
      return { ...base, consecutiveFailures: known.consecutiveFailures };
    case 'open':
      return { ...base, remainingMs: Math.max(known.openUntilMs - nowMs, 0) };
    case 'half_open': {
      const { successes, probesGranted, leaseUntilMs } = known;
      const remainingMs = leaseUntilMs === undefined ? undefined : Math.max(leaseUntilMs - nowMs, 0);
      return { ...base, successes, probesGranted, remainingMs };
    }
    case 'isolated':
    case 'disabled':
      return base;
  }
}

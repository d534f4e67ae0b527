import { defineExtensionPoint } from '@postrider/core';

/** What a check found. */
export interface CheckOutcome {
  /** `degraded` works, but worse than it should; it does not make the process unready. */
  readonly status: 'up' | 'degraded' | 'down';
  /** For people: what was found. Shown in reports, so it holds no secrets and no text of a driver. */
  readonly message?: string | undefined;
  /** Numbers behind the status, such as a queue length. No secrets. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** One thing that can be well or not. */
export interface HealthCheck {
  /** Unique in a registry, in lower case with underscores: `storage`, `http_client`. */
  readonly name: string;
  /** Without a critical part the process cannot do its work, and readiness says so; others are only reported. */
  readonly criticality: 'critical' | 'optional';
  /** How long `check` may take before it counts as down. Default 2 000. */
  readonly timeoutMs?: number | undefined;
  /** How long a result is given again before `check` is called anew; 0 calls it each time. Default 5 000. */
  readonly cacheMs?: number | undefined;
  /**
   * Looks once. A rejection counts as down: its message is reported when it is a `PostriderError`, otherwise only
   * logged. `signal` aborts at the timeout; whoever ignores it delays nobody.
   */
  check(params: { readonly signal: AbortSignal }): Promise<CheckOutcome>;
}

/** The health checks that plugins contribute. */
export const HealthChecks = defineExtensionPoint<HealthCheck>({ id: 'postrider.health.checks' });

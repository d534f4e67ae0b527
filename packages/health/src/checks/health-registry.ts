import { coreError, silentLogger, type Clock, type Logger } from '@postrider/core';
import type { HealthCheck } from '../ports/health-check.js';
import { CheckRunner } from './check-runner.js';
import { toOverallStatus, type CheckResult, type HealthReport } from './check-result.js';

/** The life of a process as probes see it. It only moves forward. */
export type ProcessPhase = 'starting' | 'running' | 'draining';

/** The answer to a liveness or startup probe. */
export interface ProbeResult {
  readonly ok: boolean;
  readonly phase: ProcessPhase;
  /** Milliseconds since the registry was made. */
  readonly uptimeMs: number;
}

/** The answer to a readiness probe. */
export interface ReadinessResult extends ProbeResult {
  /** Why it is not ready, for people; empty when it is. */
  readonly reasons: readonly string[];
  /** The critical checks; empty unless the process is running, when they are not asked. */
  readonly checks: readonly CheckResult[];
}

/** The checks of a process and its probes. */
export interface HealthRegistry {
  /**
   * Adds a check; returns the function that removes it (safe to call twice). Throws `CONFIG_INVALID` for a name that
   * is taken or malformed, and for a timeout or cache time out of range.
   */
  add(check: HealthCheck): () => void;
  /** The host has started everything: `startup` passes from now on. No effect while draining. */
  markRunning(): void;
  /** The host is about to stop: `readiness` fails from now on, for good. */
  markDraining(): void;
  /** The process can answer at all. Looks at no check: a restart repairs no database. */
  liveness(): ProbeResult;
  /** Work may be sent here: the process is running, and no critical check is down. Never rejects. */
  readiness(): Promise<ReadinessResult>;
  /** The process has finished starting; stays so while it drains. */
  startup(): ProbeResult;
  /** Every check, in parallel, each within its timeout or from its cache. Never rejects. */
  report(): Promise<HealthReport>;
}

/** Makes a registry, in the phase `starting`. Changes of a check's status are logged. */
export function createHealthRegistry({
  clock,
  logger = silentLogger,
  checks = [],
}: {
  readonly clock: Clock;
  readonly logger?: Logger | undefined;
  readonly checks?: readonly HealthCheck[] | undefined;
}): HealthRegistry {
  const createdMs = clock.monotonicMs();
  const runners = new Map<string, CheckRunner>();
  let phase: ProcessPhase = 'starting';
  let hasStarted = false;

  const probe = (ok: boolean): ProbeResult => ({ ok, phase, uptimeMs: clock.monotonicMs() - createdMs });

  const registry: HealthRegistry = {
    add(check) {
      assertHealthCheck(check);
      if (runners.has(check.name)) {
        throw coreError('CONFIG_INVALID', `There are two health checks named "${check.name}"; rename one of them.`);
      }
      const runner = new CheckRunner(check, { clock, logger });
      runners.set(check.name, runner);
      return () => {
        if (runners.get(check.name) === runner) runners.delete(check.name);
      };
    },
    markRunning() {
      if (phase !== 'starting') return;
      phase = 'running';
      hasStarted = true;
    },
    markDraining() {
      phase = 'draining';
    },
    liveness: () => probe(true),
    startup: () => probe(hasStarted),
    async readiness() {
      if (phase !== 'running') return { ...probe(false), reasons: [`the process is ${phase}`], checks: [] };
      const critical = [...runners.values()].filter(({ check }) => check.criticality === 'critical');
      const results = await Promise.all(critical.map(async (runner) => runner.result()));
      const reasons = results
        .filter(({ status }) => status === 'down')
        .map(({ name, message }) => `${name} is down${message === undefined ? '' : `: ${message}`}`);
      return { ...probe(reasons.length === 0), reasons, checks: results };
    },
    async report() {
      const results = await Promise.all([...runners.values()].map(async (runner) => runner.result()));
      return { status: toOverallStatus(results), checkedAt: clock.now(), checks: results };
    },
  };
  for (const check of checks) registry.add(check);
  return registry;
}

function assertHealthCheck({ name, timeoutMs = 1, cacheMs = 0 }: HealthCheck): void {
  const problems = [
    /^[a-z][a-z0-9_]{0,63}$/.test(name) ? [] : ['its name must be lower case letters, digits and underscores'],
    Number.isFinite(timeoutMs) && timeoutMs > 0 ? [] : [`timeoutMs is ${String(timeoutMs)}; expected more than 0`],
    Number.isFinite(cacheMs) && cacheMs >= 0 ? [] : [`cacheMs is ${String(cacheMs)}; expected at least 0`],
  ].flat();
  if (problems.length === 0) return;
  throw coreError('CONFIG_INVALID', `Health check "${name}": ${problems.join('; ')}.`, { details: { problems } });
}

import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorFunction, type HealthIndicatorResult } from '@nestjs/terminus';
import type { CheckResult } from '../checks/check-result.js';
import type { HealthRegistry } from '../checks/health-registry.js';
import { HEALTH } from './tokens.js';

/**
 * The checks of the registry as indicators of Terminus: `terminus.check(await indicator.readiness())`. Each is made once,
 * with the timeout and the cache of its check, however many endpoints ask.
 */
@Injectable()
export class RegistryIndicator {
  readonly #health: HealthRegistry;
  readonly #indicators: HealthIndicatorService;

  constructor(
    @Inject(HEALTH) health: HealthRegistry,
    @Inject(HealthIndicatorService) indicators: HealthIndicatorService,
  ) {
    this.#health = health;
    this.#indicators = indicators;
  }

  /** The process itself (`process`), and every critical check while it runs. */
  async readiness(): Promise<HealthIndicatorFunction[]> {
    const { phase, checks } = await this.#health.readiness();
    const process = this.#indicators.check('process');
    const own = phase === 'running' ? process.up({ phase }) : process.down({ phase });
    return [() => own, ...checks.map((check) => () => this.#toResult(check))];
  }

  /** Every check. An optional one that is down is reported as degraded, so that it fails nothing. */
  async report(): Promise<HealthIndicatorFunction[]> {
    const { checks } = await this.#health.report();
    return checks.map((check) => () => this.#toResult(check));
  }

  #toResult({ name, status, criticality, message, details, durationMs }: CheckResult): HealthIndicatorResult {
    const indicator = this.#indicators.check(name);
    const data = { ...(message !== undefined && { message }), ...(details && { details }), durationMs };
    if (status === 'up') return indicator.up(data);
    return status === 'down' && criticality === 'critical' ? indicator.down(data) : indicator.degraded(data);
  }
}

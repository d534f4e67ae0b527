import { Controller, Get, Inject, type Type } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import type { HealthRegistry } from '../checks/health-registry.js';
import { RegistryIndicator } from './registry-indicator.js';
import { HEALTH } from './tokens.js';

/** Makes a controller with the three probes and the whole report below `path`: 200 when well, else 503. */
export function createHealthController(path: string): Type {
  @Controller(path)
  class HealthController {
    constructor(
      @Inject(HEALTH) readonly health: HealthRegistry,
      @Inject(HealthCheckService) readonly terminus: HealthCheckService,
      @Inject(RegistryIndicator) readonly indicator: RegistryIndicator,
    ) {}

    @Get()
    @HealthCheck()
    async report(): Promise<HealthCheckResult> {
      return this.terminus.check(await this.indicator.report());
    }

    @Get('live')
    live(): Promise<HealthCheckResult> {
      const { ok } = this.health.liveness();
      return this.terminus.check([() => ({ process: { status: ok ? 'up' : 'down' } })]);
    }

    @Get('startup')
    startup(): Promise<HealthCheckResult> {
      const { ok } = this.health.startup();
      return this.terminus.check([() => ({ process: { status: ok ? 'up' : 'down' } })]);
    }

    @Get('ready')
    @HealthCheck()
    async ready(): Promise<HealthCheckResult> {
      return this.terminus.check(await this.indicator.readiness());
    }
  }
  return HealthController;
}

import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { EndpointsModule } from '../endpoints/endpoints.module.js';
import { HealthWatch } from './health-watch.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { SystemHealthController } from './system-health.controller.js';
import { SystemHealthService } from './system-health.service.js';

/** The probes, and the watch over the health of environments. */
@Module({
  controllers: [HealthController],
  providers: [HealthService, SystemHealthService, HealthWatch],
  exports: [SystemHealthService],
})
export class HealthModule {}

/** The route that scores health. */
@Module({
  imports: [HealthModule, ApplicationsModule, EndpointsModule],
  controllers: [SystemHealthController],
})
export class HealthApiModule {}

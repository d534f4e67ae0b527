import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { SERVER_CONFIG } from '../config/server-config-token.js';
import type { ServerConfig } from '../config/server-config.js';
import { endpointTimeoutMaxMs } from '../plugins/wire-server-plugins.js';
import { FilterPreviewController } from './filter-preview.controller.js';
import { ENDPOINT_LIMITS, type EndpointLimits } from './endpoint-limits.js';
import { EndpointRules } from './endpoint-rules.js';
import { EndpointSecretsService } from './endpoint-secrets.service.js';
import { EndpointSettingsController } from './endpoint-settings.controller.js';
import { EndpointsController } from './endpoints.controller.js';
import { EndpointsService } from './endpoints.service.js';
import { TransformationController } from './transformation.controller.js';

@Module({
  imports: [ApplicationsModule],
  controllers: [EndpointsController, EndpointSettingsController, FilterPreviewController, TransformationController],
  providers: [
    EndpointsService,
    EndpointSecretsService,
    EndpointRules,
    {
      provide: ENDPOINT_LIMITS,
      inject: [SERVER_CONFIG],
      useFactory: (config: ServerConfig): EndpointLimits => ({
        endpointsMax: config.endpointsMax,
        timeoutMaxMs: endpointTimeoutMaxMs(config),
      }),
    },
  ],
  exports: [EndpointsService, EndpointSecretsService],
})
export class EndpointsModule {}

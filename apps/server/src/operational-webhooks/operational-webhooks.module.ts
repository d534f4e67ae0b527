import { Module } from '@nestjs/common';
import { EndpointsModule } from '../endpoints/endpoints.module.js';
import { OperationalEndpointsController } from './operational-endpoints.controller.js';
import { OperationalEndpointsService } from './operational-endpoints.service.js';
import { OperationalSettingsController } from './operational-settings.controller.js';

@Module({
  imports: [EndpointsModule],
  controllers: [OperationalEndpointsController, OperationalSettingsController],
  providers: [OperationalEndpointsService],
})
export class OperationalWebhooksModule {}

import { Module } from '@nestjs/common';
import { EnvironmentSettingsModule } from '../environments/environment-settings.module.js';
import { EventTypesModule } from '../event-types/event-types.module.js';
import { OpenApiModule } from '../openapi/openapi.module.js';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';

@Module({
  imports: [EnvironmentSettingsModule, EventTypesModule, OpenApiModule],
  controllers: [CatalogueController],
  providers: [CatalogueService],
})
export class CatalogueModule {}

import { Module } from '@nestjs/common';
import { EnvironmentSettingsController } from './environment-settings.controller.js';
import { EnvironmentSettingsService } from './environment-settings.service.js';

@Module({
  controllers: [EnvironmentSettingsController],
  providers: [EnvironmentSettingsService],
  exports: [EnvironmentSettingsService],
})
export class EnvironmentSettingsModule {}

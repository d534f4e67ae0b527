import { Module } from '@nestjs/common';
import { ApplicationDirectory } from './application-directory.js';
import { ApplicationsController } from './applications.controller.js';
import { ApplicationsService } from './applications.service.js';

@Module({
  controllers: [ApplicationsController],
  providers: [ApplicationsService, ApplicationDirectory],
  exports: [ApplicationsService, ApplicationDirectory],
})
export class ApplicationsModule {}

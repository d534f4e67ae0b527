import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { IntegrationsController } from './integrations.controller.js';
import { IntegrationsService } from './integrations.service.js';

@Module({ imports: [ApplicationsModule], controllers: [IntegrationsController], providers: [IntegrationsService] })
export class IntegrationsModule {}

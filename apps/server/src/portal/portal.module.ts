import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { PortalController } from './portal.controller.js';
import { PortalService } from './portal.service.js';

@Module({ imports: [ApplicationsModule], controllers: [PortalController], providers: [PortalService] })
export class PortalModule {}

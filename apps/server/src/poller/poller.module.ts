import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { PollerController } from './poller.controller.js';
import { PollerService } from './poller.service.js';

@Module({ imports: [ApplicationsModule], controllers: [PollerController], providers: [PollerService] })
export class PollerModule {}

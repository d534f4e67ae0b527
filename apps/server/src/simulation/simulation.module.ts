import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { SimulationController } from './simulation.controller.js';
import { SimulationService } from './simulation.service.js';

@Module({
  imports: [ApplicationsModule, MessagesModule],
  controllers: [SimulationController],
  providers: [SimulationService],
})
export class SimulationModule {}

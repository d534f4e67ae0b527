import { Module } from '@nestjs/common';
import { EndpointsModule } from '../endpoints/endpoints.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { AttemptsController } from './attempts.controller.js';
import { AttemptsService } from './attempts.service.js';
import { DestinationsController } from './destinations.controller.js';
import { DestinationsService } from './destinations.service.js';

@Module({
  imports: [EndpointsModule, MessagesModule],
  controllers: [AttemptsController, DestinationsController],
  providers: [AttemptsService, DestinationsService],
  exports: [AttemptsService],
})
export class AttemptsModule {}

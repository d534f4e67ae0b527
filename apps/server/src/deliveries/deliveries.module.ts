import { Module } from '@nestjs/common';
import { AttemptsModule } from '../attempts/attempts.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { DeadLetterReplayController } from './dead-letter-replay.controller.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { DeliveriesController } from './deliveries.controller.js';
import { ExplainController } from './explain.controller.js';
import { LedgerController } from './ledger.controller.js';

@Module({
  imports: [AttemptsModule, MessagesModule, TasksModule],
  controllers: [
    DeliveriesController,
    LedgerController,
    DeadLettersController,
    DeadLetterReplayController,
    ExplainController,
  ],
})
export class DeliveriesModule {}

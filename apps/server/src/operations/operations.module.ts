import { Global, Module } from '@nestjs/common';
import { EngineOperations } from './engine-operations.js';
import { OperationalEvents } from './operational-events.js';
import { OperationalOutbox } from './operational-outbox.js';
import { OperationalSubscribers } from './operational-subscribers.js';

@Global()
@Module({
  providers: [{ provide: OperationalEvents, useClass: OperationalOutbox }, OperationalSubscribers, EngineOperations],
  exports: [OperationalEvents, OperationalSubscribers],
})
export class OperationsModule {}

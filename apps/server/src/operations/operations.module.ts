import { Global, Module } from '@nestjs/common';
import { LoggedOperationalEvents, OperationalEvents } from './operational-events.js';

@Global()
@Module({
  providers: [{ provide: OperationalEvents, useClass: LoggedOperationalEvents }],
  exports: [OperationalEvents],
})
export class OperationsModule {}

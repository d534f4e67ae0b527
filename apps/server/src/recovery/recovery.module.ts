import { Module } from '@nestjs/common';
import { EndpointsModule } from '../endpoints/endpoints.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { RecoveryController } from './recovery.controller.js';
import { SendExampleController } from './send-example.controller.js';

@Module({ imports: [EndpointsModule, TasksModule], controllers: [RecoveryController, SendExampleController] })
export class RecoveryModule {}

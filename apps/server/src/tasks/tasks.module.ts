import { Module } from '@nestjs/common';
import { BackgroundTasksController } from './background-tasks.controller.js';
import { TasksController } from './tasks.controller.js';
import { TasksService } from './tasks.service.js';

@Module({
  controllers: [TasksController, BackgroundTasksController],
  providers: [TasksService],
  exports: [TasksService],
})
export class TasksModule {}

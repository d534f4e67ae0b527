import { Module } from '@nestjs/common';
import { BackgroundTasksController } from './background-tasks.controller.js';
import { ReplayPlanner } from './replay-planner.js';
import { ReplayStarter } from './replay-starter.js';
import { TasksController } from './tasks.controller.js';
import { TasksService } from './tasks.service.js';

@Module({
  controllers: [TasksController, BackgroundTasksController],
  providers: [TasksService, ReplayPlanner, ReplayStarter],
  exports: [TasksService, ReplayStarter],
})
export class TasksModule {}

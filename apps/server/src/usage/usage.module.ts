import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { UsageController } from './usage.controller.js';

@Module({ imports: [ApplicationsModule, TasksModule], controllers: [UsageController] })
export class UsageModule {}

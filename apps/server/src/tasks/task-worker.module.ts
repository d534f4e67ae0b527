import { Module } from '@nestjs/common';
import { TaskWorker } from './task-worker.service.js';

@Module({ providers: [TaskWorker] })
export class TaskWorkerModule {}

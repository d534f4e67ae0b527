import { Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { ScheduledJobs } from './scheduled-jobs.js';

@Global()
@Module({ imports: [ScheduleModule.forRoot()], providers: [ScheduledJobs], exports: [ScheduledJobs] })
export class JobsModule {}

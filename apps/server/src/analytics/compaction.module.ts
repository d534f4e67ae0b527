import { Module } from '@nestjs/common';
import { CompactionService } from './compaction.service.js';

@Module({ providers: [CompactionService] })
export class CompactionModule {}

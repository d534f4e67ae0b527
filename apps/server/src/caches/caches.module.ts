import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { CacheReader } from './cache-reader.js';
import { CachesController } from './caches.controller.js';
import { CachesService } from './caches.service.js';

@Module({ imports: [ApplicationsModule], controllers: [CachesController], providers: [CachesService, CacheReader] })
export class CachesModule {}

import { Global, Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { LiveFeed } from './live-feed.js';
import { LiveController } from './live.controller.js';
import { LiveStreams } from './live-streams.service.js';

/** What every role does: say what happens. */
@Global()
@Module({ providers: [LiveFeed], exports: [LiveFeed] })
export class LiveModule {}

/** What the API adds: show it. */
@Module({ imports: [ApplicationsModule], controllers: [LiveController], providers: [LiveStreams] })
export class LiveApiModule {}

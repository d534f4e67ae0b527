import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { SERVER_CONFIG } from '../config/server-config-token.js';
import type { ServerConfig } from '../config/server-config.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { QueueLevel } from '../metrics/queue-level.js';
import { PayloadSchemasModule } from '../payload-schemas/payload-schemas.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { MessageContentsController } from './message-contents.controller.js';
import { MESSAGE_LIMITS, type MessageLimits } from './message-limits.js';
import { MessagesController } from './messages.controller.js';
import { MessagesService } from './messages.service.js';

@Module({
  imports: [ApplicationsModule, MetricsModule, PayloadSchemasModule, TasksModule],
  controllers: [MessageContentsController, MessagesController],
  providers: [
    MessagesService,
    {
      provide: MESSAGE_LIMITS,
      inject: [SERVER_CONFIG, QueueLevel],
      useFactory: ({ payloadMaxBytes, retentionDays }: ServerConfig, queue: QueueLevel): MessageLimits => ({
        payloadMaxBytes,
        retentionDays,
        isQueueFull: () => queue.isFull,
        isApplicationFull: (applicationId) => queue.isFullFor(applicationId),
      }),
    },
  ],
  exports: [MessagesService, MESSAGE_LIMITS],
})
export class MessagesModule {}
